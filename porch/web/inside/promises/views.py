from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from porch.community.membership.rules import members
from porch.engine.clock.reads import clock_is_doubtful
from porch.engine.promises.models import Promise
from porch.engine.promises.reads import owed_to, page_of, tally
from porch.engine.promises.states import SHOWN
from porch.kit.refusals import NotFound
from porch.kit.time import now
from porch.people.doors import SignedInRequest
from porch.web.paging import neighbours, page_number
from porch.web.promises import FILTERS, shown


@members
def show_promises(request: SignedInRequest) -> HttpResponse:
    """What the community is promised, and whether it was kept."""
    listed = listing(request, owed_to(request.user.pk, is_member=True))
    return render(request, "inside/promises/promises.html", listed)


def listing(request: SignedInRequest, which: Q) -> dict[str, Any]:
    """Make a page of promises: those of one filter, and the tally of all that may be read."""
    at, show, number = now(), wanted(request), page_number(request)
    found = Promise.objects.filter(which)
    page, has_more = page_of(found, show, number)
    return {
        "tally": tally(found),
        "promises": shown(page, at=at, asks=request.user.pk),
        "filters": [(text, f"?show={name}") for name, text in FILTERS.items()],
        "here": f"?show={show}",
        "show": show,
        "held": clock_is_doubtful(),
        **neighbours(request, number, has_more=has_more),
    }


def wanted(request: HttpRequest) -> str:
    """Read which filter was asked for; one that there is not is not found."""
    show = request.GET.get("show", "owed")
    if show not in SHOWN:
        raise NotFound
    return show
