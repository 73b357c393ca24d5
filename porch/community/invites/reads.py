"""Invites as those who may invite see them, a page at a time."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet, prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from porch.community.invites.models import Invite, InviteQuerySet
from porch.kit.addresses import NotAnAddress
from porch.kit.refusals import Text
from porch.people.identity.addresses import sign_in_address

PAGE = 50
OPEN, USED, EXPIRED, REVOKED = "open", "used", "expired", "revoked"
STATES: dict[str, tuple[Text, Callable[[InviteQuerySet, datetime], InviteQuerySet]]] = {
    # Those first that run out first, and those that ran out last.
    OPEN: (_("Open"), lambda found, at: found.open(at).order_by("expires_at", "id")),
    USED: (_("Used up"), lambda found, at: found.used_up().order_by("-id")),
    EXPIRED: (_("Expired"), lambda found, at: found.expired(at).order_by("-expires_at", "-id")),
    REVOKED: (_("Revoked"), lambda found, at: found.revoked().order_by("-id")),
}


@dataclass(frozen=True, slots=True)
class InviteLine:
    """An invite as a line of the list."""

    id: int
    circle: str
    is_whole: bool
    address: str
    note: str
    used: int
    most_uses: int
    by: str
    made_at: datetime
    expires_at: datetime
    state: str
    letter: str  # of a letter: waiting, sent or again
    can_be_restored: bool


def invites(scope: Collection[int] | None, *, state: str, address: str, at: datetime) -> "QuerySet[Invite]":
    """Select the invites into some circles or into all, in one state or in any, to one address or to any.

    Without joins: the order comes from an index then, whatever the number of rows. ``with_names`` reads the rest.
    """
    found = Invite.objects.all() if scope is None else Invite.objects.filter(circle__in=scope)
    if address:
        return by_state(found.filter(address=spelled(address)), state, at).order_by("-id")
    return by_state(found, state, at)


def by_state(found: InviteQuerySet, state: str, at: datetime) -> InviteQuerySet:
    return STATES[state][1](found, at) if state in STATES else found.order_by("-id")


def with_names(page: list[Invite]) -> list[Invite]:
    """Read the circles and makers of a page of invites: one query each."""
    prefetch_related_objects(page, "circle", "made_by__person")
    return page


def spelled(address: str) -> str:
    """Give the spelling in which an address is kept; what is none is nobody's."""
    try:
        return sign_in_address(address)
    except NotAnAddress:
        return "nobody"


def line_of(invite: Invite, *, at: datetime, slip: timedelta) -> InviteLine:
    """Put an invite into a line; one that was revoked within ``slip`` can be restored."""
    letter = "again" if invite.sent_again_at else "sent" if invite.sent_at else "waiting"
    return InviteLine(
        id=invite.pk,
        circle=invite.circle.name,
        is_whole=invite.circle.is_whole,
        address=invite.address,
        note=invite.note,
        used=invite.used,
        most_uses=invite.most_uses,
        by=invite.made_by.person.name,
        made_at=invite.made_at,
        expires_at=invite.expires_at,
        state=state_of(invite, at),
        letter=letter if invite.address else "",
        can_be_restored=invite.revoked_at is not None and at < invite.revoked_at + slip,
    )


def state_of(invite: Invite, at: datetime) -> str:
    """Name the state of an invite."""
    if invite.revoked_at is not None:
        return REVOKED
    if invite.used >= invite.most_uses:
        return USED
    return OPEN if at < invite.expires_at else EXPIRED
