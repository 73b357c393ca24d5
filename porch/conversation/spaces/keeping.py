"""What is said for a circle or a role keeps it: neither goes as long as a space is for it."""

from django.utils.translation import gettext_lazy as _

from porch.community.circles.models import Circle
from porch.community.roles.models import Role
from porch.conversation.spaces.models import Space
from porch.kit.refusals import Conflict


class SpacesAreForIt(Conflict):
    text = _("%(count)s of the spaces are for it or for a role in it, so it stays.")
    hint = _("Change for whom they are, or archive them and keep it for those who may still read them.")


def keep_circle(circle: Circle) -> None:
    """Refuse to close a circle that a space is for, or one of whose roles a space is for."""
    keep(Space.objects.filter(circle=circle).count() + Space.objects.filter(role__circle=circle).count())


def keep_role(role: Role) -> None:
    """Refuse to delete a role that a space is for."""
    keep(Space.objects.filter(role=role).count())


def keep(count: int) -> None:
    if count:
        raise SpacesAreForIt(count=count)
