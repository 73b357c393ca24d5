"""Who comes into the pages of requests: whoever has the right somewhere, and then sees what it covers."""

from django.http import HttpRequest

from porch.community.requests.rights import DECIDE_REQUESTS
from porch.community.roles.reads import EVERY
from porch.community.roles.rights import MANAGE_CIRCLES, Right
from porch.community.roles.rules import having_somewhere, rights_here

deciders = having_somewhere(DECIDE_REQUESTS)
keepers_of_circles = having_somewhere(MANAGE_CIRCLES)


def circles_with(request: HttpRequest, right: Right) -> set[int] | None:
    """Give the circles in which whoever asks has a right, by their numbers; None for all of them."""
    rows = [row for row in rights_here(request) if row.right in (right.name, EVERY)]
    if any(row.role__circle__is_whole for row in rows):
        return None
    return {row.role__circle_id for row in rows}
