from porch.community.circles.models import Circle, CircleMember
from porch.community.invites import rules as inviting
from porch.community.invites.models import Invite
from porch.community.joining.models import Arrival
from porch.community.lists.models import SavedSet
from porch.community.lists.ours import SEE_MEMBERS
from porch.community.membership.models import Member
from porch.community.ownership.models import OwnershipOffer
from porch.community.portraits.models import Portrait
from porch.community.register import rights as register_rights
from porch.community.roles import ours
from porch.community.roles.models import Role, RoleHolder, RoleRight

__all__ = [
    "SEE_MEMBERS",
    "Arrival",
    "Circle",
    "CircleMember",
    "Invite",
    "Member",
    "OwnershipOffer",
    "Portrait",
    "Role",
    "RoleHolder",
    "RoleRight",
    "SavedSet",
    "inviting",
    "ours",
    "register_rights",
]
