"""Making, changing and deleting roles."""

from collections.abc import Sequence

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from porch.community.circles.models import Circle
from porch.community.circles.views.seeing import find_circle
from porch.community.roles.actions import RoleNameIsTaken, change_role, delete_role, make_role
from porch.community.roles.limits import has_all, rights_in
from porch.community.roles.lists import holders_of
from porch.community.roles.models import Role
from porch.community.roles.reads import OWNER
from porch.community.roles.rights import MANAGE_ROLES, RIGHTS
from porch.community.roles.rules import having_somewhere, require_here, rights_here
from porch.community.roles.views.seeing import role_in_care
from porch.kit.once import go_and_tell
from porch.kit.refusals import NotFound, Refusal
from porch.kit.time import now
from porch.people.doors import SignedInRequest

MADE, CHANGED, DELETED = "role-made", "role-changed", "role-deleted"


@having_somewhere(MANAGE_ROLES).recently
@require_http_methods(["GET", "HEAD", "POST"])
def new_role(request: SignedInRequest, circle: str) -> HttpResponseBase:
    """Make a role in a circle. A refusal gives everything back with the reason beside it."""
    found = find_circle(request, circle)
    require_here(request, MANAGE_ROLES, found.pk)
    refusal = None
    given, rights = said_in(request)
    if request.method == "POST":
        try:
            made = make_role(circle=found, **given, rights=rights, by=request.user, at=now())
            return go_and_tell("role", made.pk, word=MADE)
        except Refusal as no:
            refusal = no
    return form_page(request, found, None, given, rights, refusal)


@having_somewhere(MANAGE_ROLES).recently
@require_http_methods(["GET", "HEAD", "POST"])
def edit_role(request: SignedInRequest, role: int) -> HttpResponseBase:
    """Rename and describe a role, and set its rights."""
    found, refusal = role_in_care(request, role), None
    given, rights = {"name": found.name, "description": found.description}, rights_in(found)
    if request.method == "POST":
        given, rights = said_in(request)
        try:
            # Owners have every right: their form has no boxes.
            asked = None if found.key == OWNER else rights
            change_role(role=found, **given, rights=asked, by=request.user, at=now())
            return go_and_tell("role", found.pk, word=CHANGED)
        except Refusal as no:
            refusal = no
    return form_page(request, found.circle, found, given, rights, refusal)


@having_somewhere(MANAGE_ROLES).recently
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: SignedInRequest, role: int) -> HttpResponseBase:
    """Say from how many a role would go, and delete it."""
    found = role_in_care(request, role)
    if found.key:
        raise NotFound
    if request.method == "POST":
        delete_role(role=found, by=request.user, at=now())
        return go_and_tell("roles", word=DELETED)
    shown = {"role": found, "count": holders_of(found, also_away=True).count()}
    return render(request, "community/roles/delete.html", shown)


def said_in(request: SignedInRequest) -> tuple[dict[str, str], list[str]]:
    """Give the words of a form and the rights that are ticked in it."""
    words = {name: request.POST.get(name, "") for name in ("name", "description")}
    return words, request.POST.getlist("right")


def form_page(
    request: SignedInRequest,
    circle: Circle,
    role: Role | None,
    given: dict[str, str],
    rights: Sequence[str],
    refusal: Refusal | None,
) -> HttpResponse:
    """Show the form of a role, with a box for each right; those that one does not have cannot be ticked."""
    rows = rights_here(request)
    boxes = [
        (name, right.text, name in rights, has_all(rows, [name], circle)) for name, right in RIGHTS.items()
    ]
    shown = {
        **given,
        "circle": circle,
        "role": role,
        "boxes": [] if role and role.key == OWNER else boxes,
        "refusal": refusal,
        "at_field": at_fault(refusal),
    }
    return render(request, "community/roles/form.html", shown, status=refusal.status if refusal else 200)


def at_fault(refusal: Refusal | None) -> str | None:
    """Name the field that a refusal is about, if it is about one."""
    if isinstance(refusal, RoleNameIsTaken):
        return "name"
    said = refusal.values.get("name") if refusal else None
    return None if said is None else "description" if said == _("description") else "name"
