from porch.community.circles.models import Circle, CircleMember
from porch.community.joining.models import Arrival
from porch.community.membership.models import Member
from porch.community.portraits.models import Portrait
from porch.community.requests import ours as requests_ours
from porch.community.requests.models import Answer, JoinRequest, Question
from porch.community.roles import ours
from porch.community.roles.models import Role, RoleHolder, RoleRight
from porch.community.vouching.models import Vouch

__all__ = [
    "Answer",
    "Arrival",
    "Circle",
    "CircleMember",
    "JoinRequest",
    "Member",
    "Portrait",
    "Question",
    "Role",
    "RoleHolder",
    "RoleRight",
    "Vouch",
    "ours",
    "requests_ours",
]
