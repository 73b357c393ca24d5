"""Circles, and who is in them."""

from django.http import HttpResponse
from ninja import Router

from porch.community.circles.models import Circle
from porch.kit.refusals import NotFound
from porch.web.api import reads
from porch.web.api.cursors import USUAL, Cursor, Limit, Part, part_of
from porch.web.api.gate import ApiRequest, Needs, Whom
from porch.web.api.members import as_member
from porch.web.api.scopes import CIRCLES_READ
from porch.web.api.shapes import CircleOut, MemberOut

SHOWN = ("slug", "name", "description", "is_whole", "is_hidden", "way_in", "vouches", "ceiling", "made_at")

router = Router(tags=["Circles"])


@router.get(
    "/circles",
    auth=Needs(CIRCLES_READ, Whom.INSIDE),
    response=Part[CircleOut],
    summary="List the circles",
    url_name="api-circles",
)
def list_circles(
    request: ApiRequest, response: HttpResponse, cursor: Cursor = "", limit: Limit = USUAL
) -> dict[str, object]:
    """The circles that whoever asks may know of: a hidden one is known to those inside or with a right there."""
    found = reads.circles(request.auth.person_id)
    return part_of(request, response, found, as_circle, cursor=cursor, limit=limit)


@router.get(
    "/circles/{int:circle}",
    auth=Needs(CIRCLES_READ, Whom.INSIDE),
    response=CircleOut,
    summary="Show a circle",
    url_name="api-circle",
)
def show_circle(request: ApiRequest, circle: int) -> dict[str, object]:
    """One circle, and how many are in it."""
    return as_circle(find(request, circle))


@router.get(
    "/circles/{int:circle}/members",
    auth=Needs(CIRCLES_READ, Whom.INSIDE),
    response=Part[MemberOut],
    summary="List the members of a circle",
    url_name="api-circle-members",
)
def list_circle_members(
    request: ApiRequest, response: HttpResponse, circle: int, cursor: Cursor = "", limit: Limit = USUAL
) -> dict[str, object]:
    """Who is in a circle."""
    found = reads.members_of(find(request, circle))
    return part_of(request, response, found, as_member, cursor=cursor, limit=limit)


def find(request: ApiRequest, circle: int) -> Circle:
    """Find a circle that whoever asks may know of."""
    found: Circle | None = reads.circles(request.auth.person_id).filter(pk=circle).first()
    if found is None:
        raise NotFound
    return found


def as_circle(circle: Circle) -> dict[str, object]:
    """Say of a circle what those may know who may know of it."""
    said: dict[str, object] = {name: getattr(circle, name) for name in SHOWN}
    return said | {"id": circle.pk, "members": circle.seats}  # type: ignore[attr-defined]
