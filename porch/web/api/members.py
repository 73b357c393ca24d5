"""Members: whoever belongs and has not left."""

from typing import Annotated, Any

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from ninja import Query, Router

from porch.engine.files.kinds import SMALL
from porch.kit.refusals import NotFound
from porch.web.api import reads
from porch.web.api.cursors import USUAL, Cursor, Limit, Part, part_of
from porch.web.api.gate import ApiRequest, Needs, Whom
from porch.web.api.scopes import MEMBERS_READ
from porch.web.api.shapes import MemberOut

MOST_ID = 2**63 - 1

InCircle = Annotated[int | None, Query(ge=1, le=MOST_ID, description="Only those in this circle.")]

router = Router(tags=["Members"])


@router.get(
    "/members",
    auth=Needs(MEMBERS_READ, Whom.INSIDE),
    response=Part[MemberOut],
    summary="List the members",
    url_name="api-members",
)
def list_members(
    request: ApiRequest,
    response: HttpResponse,
    circle: InCircle = None,
    cursor: Cursor = "",
    limit: Limit = USUAL,
) -> dict[str, object]:
    """Everyone who belongs, in the order in which they first came; in part or in one circle."""
    found = reads.members()
    if circle is not None:
        there = reads.circles(request.auth.person_id).filter(pk=circle).first()
        if there is None:
            raise NotFound
        found = reads.members_of(there)
    return part_of(request, response, found, as_member, cursor=cursor, limit=limit)


@router.get(
    "/members/{int:member}",
    auth=Needs(MEMBERS_READ, Whom.INSIDE),
    response=MemberOut,
    summary="Show a member",
    url_name="api-member",
)
def show_member(request: ApiRequest, member: int) -> dict[str, object]:
    """One who belongs."""
    row = reads.members().filter(pk=member).first()
    if row is None:
        raise NotFound
    return as_member(row)


def as_member(row: dict[str, Any]) -> dict[str, object]:
    """Say of a member what members see of each other. Whoever is shut out shows no portrait."""
    portrait = row["portrait__holding_id"] if row["person__is_active"] else None
    return {
        "id": row["id"],
        "name": row["person__name"],
        "joined_at": row["joined_at"],
        "portrait": settings.PORCH_URL + reverse("file", args=[portrait, SMALL]) if portrait else None,
    }
