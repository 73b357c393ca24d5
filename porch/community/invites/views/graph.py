"""Who brought whom: all of it for stewards, one's own branch for each member."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from porch.community.invites.graph import (
    PAGE,
    Branch,
    branch_of,
    brought_by,
    is_below,
    newest_arrivals,
    with_names,
    with_their_own,
)
from porch.community.invites.rights import SEE_GRAPH
from porch.community.membership.models import Member
from porch.community.membership.rules import members
from porch.community.roles.rules import having
from porch.kit.paging import neighbours, page_number, page_of
from porch.kit.refusals import NotFound
from porch.kit.text import read_number
from porch.people.doors import SignedInRequest

MOST_IN_TABLE = 50


@having(SEE_GRAPH)
def show_graph(request: SignedInRequest) -> HttpResponse:
    """Show who came and who brought them, as a table, or as a tree from the top or from one member."""
    if request.GET.get("as") == "tree":
        shown = tree_of(request, top=None)
        return render(request, "community/invites/tree.html", shown)
    number = page_number(request)
    page, has_more = page_of(newest_arrivals(), number, MOST_IN_TABLE)
    ways = neighbours(request, number, has_more=has_more)
    return render(
        request,
        "community/invites/table.html",
        {"rows": [branch_of(each) for each in with_names(page)], **ways},
    )


@members
def show_own_branch(request: SignedInRequest) -> HttpResponse:
    """Show a member whom they brought, and whom those brought."""
    me = Member.objects.present().get(person=request.user)
    return render(request, "community/invites/own_branch.html", tree_of(request, top=me))


def tree_of(request: HttpRequest, *, top: Member | None) -> dict[str, object]:
    """Read a page of whom somebody brought: one's own tree only reaches what is below oneself."""
    number, said = page_number(request), request.GET.get("of", "")
    here = top
    if said:
        here = Member.objects.select_related("person").filter(pk=read_number(said) or 0).first()
        if here is None or (top is not None and not is_below(here.pk, top=top.pk)):
            raise NotFound
    page, has_more = page_of(brought_by(here.pk if here else None), number, PAGE)
    branches: list[Branch] = with_their_own(page)
    is_whole = here is None or (top is not None and here.pk == top.pk)
    return {
        "branches": branches,
        "of": None if is_whole else here,
        **neighbours(request, number, has_more=has_more),
    }
