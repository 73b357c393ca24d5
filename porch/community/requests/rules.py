"""Who comes into the pages of requests: whoever has the right somewhere, and then sees what it covers."""

from django.http import HttpRequest

from porch.community.requests.ours import DECIDE_REQUESTS
from porch.community.roles.ours import MANAGE_CIRCLES
from porch.community.roles.reads import EVERY, rights_of
from porch.community.roles.rights import Right
from porch.people.doors import Door


def circles_with(person_id: int | None, right: Right) -> set[int] | None:
    """Give the circles in which somebody has a right by their numbers; None for all of them."""
    rows = [row for row in rights_of(person_id) if row.right in (right.name, EVERY)]
    if any(row.role__circle__is_whole for row in rows):
        return None
    return {row.role__circle_id for row in rows}


def somewhere(right: Right) -> Door:
    """A door for those who have a right in the whole community or in some circle."""

    def admits(request: HttpRequest) -> bool:
        return circles_with(request.user.pk, right) != set()

    return Door(f"having {right.name} somewhere", admits)


deciders = somewhere(DECIDE_REQUESTS)
keepers_of_circles = somewhere(MANAGE_CIRCLES)
