"""Who may do what: every right comes from a role (C2)."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from porch.community.roles.reads import EVERY, RightRow, rights_of
from porch.community.roles.rights import Right
from porch.kit.refusals import NotAllowed, NotFound
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


def circles_with(rows: Iterable[RightRow], right: Right) -> frozenset[int] | None:
    """Give the circles in which some rights hold one, by their numbers; None stands for all of them."""
    rows = [row for row in rows if row.right in (right.name, EVERY)]
    if any(row.role__circle__is_whole for row in rows):
        return None
    return frozenset(row.role__circle_id for row in rows)


def may(person_id: int | None, right: Right, circle_id: int | None = None) -> bool:
    """Say whether a person has a right, in the whole community or in one circle."""
    return covers(rights_of(person_id), right, circle_id)


def require(person_id: int | None, right: Right, circle_id: int | None = None) -> None:
    """Refuse whoever does not have a right; verbs ask here. Raises ``NeedsRight``."""
    if not may(person_id, right, circle_id):
        raise NeedsRight


def covers_somewhere(rows: Iterable[RightRow], right: Right) -> bool:
    """Say whether some rights hold one in the community or in any circle."""
    return any(row.right in (right.name, EVERY) for row in rows)


def rights_here(request: HttpRequest) -> list[RightRow]:
    """Give the rights of whoever asks, with one query however often a request asks.

    They are kept on the request and never longer: a role that changes counts from the next request on, in every
    process at once, and there is nothing that somebody could forget to drop. Verbs do not ask here but at
    ``require``, under the lock of what they change.
    """
    if not hasattr(request, "rights_of_person"):
        rows = rights_of(request.user.pk) if request.user.is_authenticated else []
        request.rights_of_person = rows  # type: ignore[attr-defined]
    found: list[RightRow] = request.rights_of_person  # type: ignore[attr-defined]
    return found


def having(right: Right) -> Door:
    """A door for those who have a right in the whole community."""
    return Door(f"having {right.name}", lambda request: admits(request, covers(rights_here(request), right)))


def having_somewhere(right: Right) -> Door:
    """A door for those who have a right in the community or in any circle; the view asks in which."""

    def has_it(request: HttpRequest) -> bool:
        return admits(request, covers_somewhere(rights_here(request), right))

    return Door(f"having {right.name} somewhere", has_it)


def admits(request: HttpRequest, may_come_in: bool) -> bool:
    """Tell the page that whoever comes in by a right looks after something, as the door for members tells it."""
    request.is_steward = may_come_in  # type: ignore[attr-defined]
    return may_come_in


def require_here(request: HttpRequest, right: Right, circle_id: int) -> None:
    """Refuse whoever has a right elsewhere only; for them there is nothing here. Raises ``NotFound``."""
    if not covers(rights_here(request), right, circle_id):
        raise NotFound
