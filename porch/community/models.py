from porch.community.circles.models import Circle, CircleMember
from porch.community.invites import rules as inviting
from porch.community.invites.models import Invite
from porch.community.joining.models import Arrival
from porch.community.membership.models import Member
from porch.community.portraits.models import Portrait
from porch.community.roles import ours
from porch.community.roles.models import Role, RoleHolder, RoleRight

__all__ = [
    "Arrival",
    "Circle",
    "CircleMember",
    "Invite",
    "Member",
    "Portrait",
    "Role",
    "RoleHolder",
    "RoleRight",
    "inviting",
    "ours",
]
