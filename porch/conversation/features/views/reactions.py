"""Reactions: given and taken back, and who gave which."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from porch.community.membership.rules import members
from porch.conversation.pages.places import place_of
from porch.conversation.posts.reads import ReachedPost, find_post, read_counts
from porch.conversation.reactions.actions import react
from porch.conversation.reactions.emoji import AT_HAND
from porch.conversation.reactions.models import Reaction
from porch.conversation.reactions.reads import PAGE, who_reacted
from porch.kit.paging import neighbours, page_number, page_of
from porch.kit.refusals import NotFound, Refusal
from porch.kit.time import now
from porch.people.doors import SignedInRequest

# A script asks for the list alone.
FRAGMENT = "Porch-Fragment"
WISHES = {"given": True, "withdrawn": False}


@members
@require_http_methods(["GET", "HEAD", "POST"])
def edit_reactions(request: SignedInRequest, post: int) -> HttpResponseBase:
    """Give an emoji or take it back; show who gave which."""
    found, refusal = find_post(post, request.user.pk), None
    if found.is_deleted:
        raise NotFound
    if request.method == "POST":
        try:
            text = react(
                post_id=post,
                emoji=request.POST.get("emoji", ""),
                is_given=WISHES.get(request.POST.get("is", "")),
                by=request.user,
                at=now(),
            )
            if FRAGMENT in request.headers:
                return fragment(request, post, text)
            return redirect(place_of(found.topic_id, found.number))
        except NotFound:
            raise
        except Refusal as no:
            if FRAGMENT in request.headers:
                raise
            refusal = no
    return page(request, found, refusal)


def fragment(request: SignedInRequest, post_id: int, text: str) -> HttpResponse:
    """Answer with the reactions of a post as its page shows them."""
    mine = " ".join(given_by(request.user.pk, post_id))
    shown = {"post": {"id": post_id, "kinds": read_counts(text), "mine": mine}}
    return render(request, "conversation/reactions/fragment.html", shown)


def page(request: SignedInRequest, post: ReachedPost, refusal: Refusal | None) -> HttpResponse:
    """Show who reacted how, and the choice to do so."""
    number = page_number(request)
    given, has_more = page_of(who_reacted(post.id), number, PAGE)
    if number > 1 and not given:
        raise NotFound
    counts = dict(read_counts(post.reactions))
    shown = {
        "post": post,
        "given": given,
        "mine": given_by(request.user.pk, post.id),
        "counts": counts,
        "choice": list(dict.fromkeys([*counts, *AT_HAND])),
        "may": post.topic__space__archived_at is None,
        "refusal": refusal,
        "typed": request.POST.get("emoji", "") if refusal else "",
        **neighbours(request, number, has_more=has_more, has_filters=False),
    }
    status = refusal.status if refusal else 200
    return render(request, "conversation/reactions/page.html", shown, status=status)


def given_by(person_id: int, post_id: int) -> list[str]:
    """List which emoji somebody gave to a post."""
    theirs = Reaction.objects.filter(post_id=post_id, member__person_id=person_id)
    return list(theirs.order_by("pk").values_list("emoji", flat=True))
