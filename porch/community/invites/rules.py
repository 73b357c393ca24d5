"""Who may invite, and where."""

from django.db.models import QuerySet

from porch.community.circles.models import Circle
from porch.community.invites.rights import INVITE
from porch.community.roles.reads import rights_of
from porch.community.roles.rules import circles_with, having_somewhere


def circles_to_invite(person_id: int | None) -> "QuerySet[Circle]":
    """Give the circles into which somebody may invite, the whole community first."""
    found = Circle.objects.order_by("-is_whole", "name", "pk")
    scope = circles_with(rights_of(person_id), INVITE)
    return found if scope is None else found.filter(pk__in=scope)


inviters = having_somewhere(INVITE)
