from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from porch.community.roles.reads import RightRow
from porch.community.roles.rights import Right
from porch.community.roles.rules import circles_with, covers, covers_somewhere, rights_here
from porch.kit.time import now
from porch.people.doors import SignedInRequest, is_operator
from porch.web.inside.rooms import STEWARD_ROOMS
from porch.web.inside.today.cards import CARDS, Card
from porch.web.inside.today.rules import stewards


@stewards
@require_safe
def show_today(request: SignedInRequest) -> HttpResponse:
    """The first page of whoever looks after the community: what waits, and the rooms that open to them."""
    rights, is_host, at = rights_here(request), is_operator(request), now()
    seen = [
        card
        for card in CARDS
        if (is_host if card.right is None else has(rights, card.right, somewhere=card.somewhere))
    ]
    shown = {
        "waiting": counted(request, seen, at),
        "rooms": [room for room in STEWARD_ROOMS if has(rights, room.right, somewhere=room.somewhere)],
        "is_host": is_host,
        "today": at,
    }
    return render(request, "inside/today/today.html", shown)


def has(rights: list[RightRow], right: Right, *, somewhere: bool) -> bool:
    """Say whether a right is there: in the whole community, or where one circle is enough."""
    return covers_somewhere(rights, right) if somewhere else covers(rights, right)


def counted(request: SignedInRequest, cards: list[Card], at: datetime) -> list[tuple[Card, int]]:
    """Count what waits where whoever looks has the right, and leave out what does not: a calm day is an empty page."""
    rights = rights_here(request)
    found = [
        (card, card.count(at, circles_with(rights, card.right) if card.right else None)) for card in cards
    ]
    return [(card, n) for card, n in found if n]
