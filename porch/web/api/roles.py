"""Roles, and the rights in them."""

from collections import defaultdict

from django.http import HttpResponse
from ninja import Router

from porch.community.roles.models import Role, RoleRight
from porch.web.api import reads
from porch.web.api.cursors import USUAL, Cursor, Limit, Part, part_of
from porch.web.api.gate import ApiRequest, Needs, Whom
from porch.web.api.scopes import ROLES_READ
from porch.web.api.shapes import RoleOut

router = Router(tags=["Roles"])


@router.get(
    "/roles",
    auth=Needs(ROLES_READ, Whom.INSIDE),
    response=Part[RoleOut],
    summary="List the roles",
    url_name="api-roles",
)
def list_roles(
    request: ApiRequest, response: HttpResponse, cursor: Cursor = "", limit: Limit = USUAL
) -> dict[str, object]:
    """The roles of the community and of the circles that whoever asks may know of."""
    found = reads.roles(request.auth.person_id)
    said = part_of(request, response, found, as_role, cursor=cursor, limit=limit)
    return add_rights(said)


def as_role(role: Role) -> dict[str, object]:
    """Say of a role what every member may know."""
    names = ("id", "circle_id", "key", "name", "description", "holders")
    return {name: getattr(role, name) for name in names}


def add_rights(said: dict[str, object]) -> dict[str, object]:
    """Read the rights of all roles of a part at once."""
    items: list[dict[str, object]] = said["items"]  # type: ignore[assignment]
    rights: dict[int, list[str]] = defaultdict(list)
    rows = RoleRight.objects.filter(role__in=[each["id"] for each in items]).order_by("right")
    for role_id, right in rows.values_list("role_id", "right"):
        rights[role_id].append(right)
    for each in items:
        each["rights"] = rights[each["id"]]  # type: ignore[index]
    return said
