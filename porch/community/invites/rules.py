"""Who may invite, and where."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from porch.community.circles.models import Circle
from porch.community.circles.reads import circles_seen_by
from porch.community.invites.models import Invite
from porch.community.invites.rights import INVITE
from porch.community.membership.models import here
from porch.community.roles.models import RoleHolder, RoleRight
from porch.community.roles.reads import EVERY, MEMBER, rights_of
from porch.community.roles.rules import circles_with, having_somewhere


def circles_to_invite(person_id: int | None) -> "QuerySet[Circle]":
    """Give the circles into which somebody may invite, the whole community first."""
    rows = rights_of(person_id)
    found = circles_seen_by(person_id or 0, rows).order_by("-is_whole", "name", "pk")
    scope = circles_with(rows, INVITE)
    return found if scope is None else found.filter(pk__in=scope)


def by_those_who_may(found: "QuerySet[Invite]") -> "QuerySet[Invite]":
    """Keep the invites whose makers are here and may still write to addresses: what ``may`` says, of many at once."""
    held = RoleHolder.objects.filter(role=OuterRef("role"), member=OuterRef(OuterRef("made_by")))
    rights = RoleRight.objects.filter(
        Q(role__key=MEMBER) | Exists(held), role__circle__is_whole=True, right__in=(INVITE.name, EVERY)
    )
    return found.filter(here("made_by__"), Exists(rights), made_by__person__is_active=True)


inviters = having_somewhere(INVITE)
