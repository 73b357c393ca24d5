from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from porch.community.membership.rules import members
from porch.kit.once import forget_told, go_and_tell, told
from porch.kit.paging import neighbours, page_number, page_of
from porch.kit.time import now
from porch.moderation.holding.actions import withdraw_held
from porch.moderation.holding.models import HeldPost
from porch.people.doors import SignedInRequest

PAGE = 20
WITHDRAWN = "held-post-withdrawn"


@members
@require_safe
def show_held(request: SignedInRequest) -> HttpResponseBase:
    """One's own posts that wait for a look, or waited, with what became of each."""
    number = page_number(request)
    rows = HeldPost.objects.filter(author=request.user).select_related("space", "topic", "post")
    held, has_more = page_of(rows.order_by("-id"), number, PAGE)
    shown = {
        "held": held,
        "is_withdrawn": told(request) == WITHDRAWN,
        **neighbours(request, number, has_more=has_more, has_filters=False),
    }
    return forget_told(request, render(request, "moderation/holding/held.html", shown))


@members
@require_POST
def withdraw(request: SignedInRequest, held: int) -> HttpResponseBase:
    """Take one's own post back before anybody has decided."""
    withdraw_held(held_id=held, by=request.user, at=now())
    return go_and_tell("held-posts", word=WITHDRAWN)
