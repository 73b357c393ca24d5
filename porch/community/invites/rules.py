"""Who may invite, and who may see who brought whom."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from porch.community.circles.models import Circle, CircleMember
from porch.community.invites.models import Invite
from porch.community.membership.models import here
from porch.community.roles.models import RoleHolder, RoleRight
from porch.community.roles.reads import EVERY, MEMBER, STEWARD, rights_of
from porch.community.roles.rights import declare
from porch.community.roles.rules import having_somewhere

INVITE = declare("invite-members", _("invite people, and see and revoke invitations"), STEWARD)
SEE_GRAPH = declare("see-invite-graph", _("see who brought whom"), STEWARD)


def circles_to_invite(person_id: int | None) -> "QuerySet[Circle]":
    """Give the circles into which somebody may invite, the whole community first."""
    found, scope = Circle.objects.order_by("-is_whole", "name", "pk"), scope_of(person_id)
    return found if scope is None else found.filter(pk__in=scope)


def scope_of(person_id: int | None) -> frozenset[int] | None:
    """Give the numbers of the circles into which somebody may invite, or nothing for every one there is."""
    rows = [row for row in rights_of(person_id) if row.right in (INVITE.name, EVERY)]
    is_everywhere = any(row.role__circle__is_whole for row in rows)
    return None if is_everywhere else frozenset(row.role__circle_id for row in rows)


def by_those_who_may(found: "QuerySet[Invite]") -> "QuerySet[Invite]":
    """Keep the invites whose makers are here and may still invite there: what ``may`` says, of many at once."""
    maker = OuterRef(OuterRef("made_by"))
    held = RoleHolder.objects.filter(role=OuterRef("role"), member=maker)
    inside = CircleMember.objects.filter(circle=OuterRef("role__circle"), member=maker)
    is_everyones = Q(role__key=MEMBER) & (Q(role__circle__is_whole=True) | Exists(inside))
    rights = RoleRight.objects.filter(
        Q(role__circle__is_whole=True) | Q(role__circle=OuterRef("circle")),
        is_everyones | Exists(held),
        right__in=(INVITE.name, EVERY),
    )
    return found.filter(here("made_by__"), Exists(rights), made_by__person__is_active=True)


inviters = having_somewhere(INVITE)
