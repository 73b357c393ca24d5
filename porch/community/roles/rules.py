"""Who may do what: every right comes from a role (C2)."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from porch.community.roles.reads import EVERY, RightRow, rights_of
from porch.community.roles.rights import Right
from porch.kit.refusals import NotAllowed
from porch.people.doors import Door


class NeedsRight(NotAllowed):
    text = _("You may not do this.")
    hint = _("It needs a right that none of your roles has. Your account lists the rights that you have.")


def covers(rows: Iterable[RightRow], right: Right, circle_id: int | None = None) -> bool:
    """Say whether some rights hold one: those of the whole community hold in every circle."""
    return any(
        row.right in (right.name, EVERY) and (row.role__circle__is_whole or row.role__circle_id == circle_id)
        for row in rows
    )


def may(person_id: int | None, right: Right, circle_id: int | None = None) -> bool:
    """Say whether a person has a right, in the whole community or in one circle."""
    return covers(rights_of(person_id), right, circle_id)


def require(person_id: int | None, right: Right, circle_id: int | None = None) -> None:
    """Refuse whoever does not have a right; verbs ask here. Raises ``NeedsRight``."""
    if not may(person_id, right, circle_id):
        raise NeedsRight


def having(right: Right) -> Door:
    """A door for those who have a right in the whole community."""
    return Door(f"having {right.name}", lambda request: may(request.user.pk, right))
