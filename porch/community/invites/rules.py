"""Who may invite, and where."""

from django.db.models import QuerySet

from porch.community.circles.models import Circle
from porch.community.invites.rights import INVITE
from porch.community.roles.reads import EVERY, rights_of
from porch.community.roles.rules import having_somewhere


def circles_to_invite(person_id: int | None) -> "QuerySet[Circle]":
    """Give the circles into which somebody may invite, the whole community first."""
    found, scope = Circle.objects.order_by("-is_whole", "name", "pk"), scope_of(person_id)
    return found if scope is None else found.filter(pk__in=scope)


def scope_of(person_id: int | None) -> frozenset[int] | None:
    """Give the numbers of the circles into which somebody may invite, or nothing for every one there is."""
    rows = [row for row in rights_of(person_id) if row.right in (INVITE.name, EVERY)]
    is_everywhere = any(row.role__circle__is_whole for row in rows)
    return None if is_everywhere else frozenset(row.role__circle_id for row in rows)


inviters = having_somewhere(INVITE)
