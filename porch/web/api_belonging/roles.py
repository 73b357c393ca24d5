"""Giving roles, and taking them."""

from ninja import Router

from porch.community.membership.models import Member, is_here
from porch.community.roles.actions import give_role, take_role
from porch.community.roles.lists import find_holder
from porch.community.roles.models import Role
from porch.community.roles.rights import MANAGE_ROLES
from porch.community.roles.rules import may
from porch.kit.refusals import NotFound
from porch.web.api import reads
from porch.web.api.gate import ApiRequest, Needs, Whom
from porch.web.api_belonging.scopes import ROLES_WRITE

router = Router(tags=["Roles"])


@router.post(
    "/roles/{int:role}/holders/{int:member}",
    auth=Needs(ROLES_WRITE, Whom.MEMBER, somewhere=MANAGE_ROLES),
    response={204: None},
    summary="Give a role",
    url_name="api-role-holder",
)
def give_this_role(request: ApiRequest, role: int, member: int) -> None:
    """Give a member a role; who has it keeps it. It grants no more than I have."""
    who = Member.objects.present().select_related("person").filter(pk=member).first()
    found = find(request, role)
    if who is None:
        raise NotFound
    give_role(role=found, member=who, by=request.auth.someone, at=request.auth.at)


@router.delete(
    "/roles/{int:role}/holders/{int:member}",
    auth=Needs(ROLES_WRITE, Whom.MEMBER),
    response={204: None},
    summary="Take a role",
    url_name="api-role-holder",
)
def take_this_role(request: ApiRequest, role: int, member: int) -> None:
    """Take a role from a member, or lay down one of my own. The last owner stays one."""
    found = find(request, role)
    by, holder = request.auth.someone, find_holder(found, member)
    if not is_here(holder) and not may(by.pk, MANAGE_ROLES, found.circle_id):
        raise NotFound
    take_role(role=found, member=holder, by=by, at=request.auth.at)


def find(request: ApiRequest, number: int) -> Role:
    """Find a role of a circle of which whoever asks may know. Raises ``NotFound``."""
    known = reads.circles_known(request.auth.someone.pk).values("pk")
    found = Role.objects.filter(circle__in=known, pk=number).first()
    if found is None:
        raise NotFound
    return found
