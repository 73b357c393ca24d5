"""Roles as every member sees them: what each allows, and who has it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from porch.community.circles.reads import circles_seen_by
from porch.community.membership.rules import members
from porch.community.roles.limits import has_all, rights_in
from porch.community.roles.lists import holders_of, laid_down, lines_of, roles_in, words_for
from porch.community.roles.models import Role
from porch.community.roles.reads import MEMBER, OWNER
from porch.community.roles.rights import MANAGE_ROLES
from porch.community.roles.rules import covers, require_here, rights_here
from porch.kit.once import forget_told, told
from porch.kit.paging import neighbours, page_number, page_of
from porch.kit.refusals import NotFound, Refusal
from porch.people.doors import SignedInRequest

PAGE, HOLDERS = 20, 50


@members
def show_roles(request: SignedInRequest) -> HttpResponse:
    """The roles of the community and of the circles that one may know of."""
    number, rows = page_number(request), rights_here(request)
    roles, has_more = page_of(roles_in(circles_seen_by(request.user.pk, rows)), number, PAGE)
    shown = {
        "lines": lines_of(roles),
        "whole": next((role.circle for role in roles if role.circle.is_whole), None),
        "may_manage": covers(rows, MANAGE_ROLES),
        "told": told(request),
        **neighbours(request, number, has_more=has_more),
    }
    return forget_told(request, render(request, "community/roles/roles.html", shown))


@members
def show_role(request: SignedInRequest, role: int) -> HttpResponse:
    """One role: what it allows, who has it, and for whom may, to give and to take it."""
    return role_page(request, find_role(request, role))


def role_page(request: SignedInRequest, role: Role, **more: Any) -> HttpResponse:
    """Show a role, and what of a form could not be done with it."""
    number, rows, rights = page_number(request), rights_here(request), rights_in(role)
    may_change = covers(rows, MANAGE_ROLES, role.circle_id) and has_all(rows, rights, role.circle)
    holders, has_more = page_of(holders_of(role, also_away=may_change), number, HOLDERS)
    refusal: Refusal | None = more.get("refusal")
    shown: dict[str, Any] = {
        "role": role,
        "rights": words_for(rights),
        "is_for_everyone": role.key == MEMBER,
        "is_owner_role": role.key == OWNER,
        "holders": holders,
        "laid_down": laid_down(role) if may_change else [],
        "may_change": may_change,
        "may_manage": covers(rows, MANAGE_ROLES, role.circle_id),
        "who": "",
        "refusal": None,
        "told": told(request),
        **neighbours(request, number, has_more=has_more, has_filters=False),
        **more,
    }
    status = refusal.status if refusal else 200
    return forget_told(request, render(request, "community/roles/role.html", shown, status=status))


def find_role(request: SignedInRequest, number: int) -> Role:
    """Find a role of a circle that whoever asks may know of. Raises ``NotFound``."""
    circles = circles_seen_by(request.user.pk, rights_here(request))
    found = roles_in(circles).filter(pk=number).first() if number < 1 << 63 else None
    if found is None:
        raise NotFound
    return found


def role_in_care(request: SignedInRequest, number: int) -> Role:
    """Find a role in a circle whose roles whoever asks may manage. Raises ``NotFound``."""
    found = find_role(request, number)
    require_here(request, MANAGE_ROLES, found.circle_id)
    return found
