"""What is said for a circle or a role keeps it: neither goes as long as a space is for it."""

from django.utils.translation import gettext_lazy as _

from porch.community.circles.models import Circle
from porch.community.roles.models import Role
from porch.conversation.spaces.models import Space
from porch.kit.refusals import Conflict


class SpacesAreForIt(Conflict):
    text = _("There is a space for it or for a role in it, so it stays.")
    hint = _(
        "What is said there was said for those in it. A space in which nobody has written can be for others."
    )


def keep_circle(circle: Circle) -> None:
    """Refuse to close a circle that a space is for, or one of whose roles a space is for."""
    keep(Space.objects.filter(circle=circle).count() + Space.objects.filter(role__circle=circle).count())


def keep_role(role: Role) -> None:
    """Refuse to delete a role that a space is for."""
    keep(Space.objects.filter(role=role).count())


def keep(count: int) -> None:
    """Refuse where there are any."""
    if count:
        raise SpacesAreForIt
