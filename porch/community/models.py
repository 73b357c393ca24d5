from porch.community.circles.models import Circle, CircleMember
from porch.community.joining.models import Arrival
from porch.community.membership.models import Member
from porch.community.portraits.models import Portrait
from porch.community.register import rights as register_rights
from porch.community.roles import ours
from porch.community.roles.models import Role, RoleHolder, RoleRight

__all__ = [
    "Arrival",
    "Circle",
    "CircleMember",
    "Member",
    "Portrait",
    "Role",
    "RoleHolder",
    "RoleRight",
    "ours",
    "register_rights",
]
