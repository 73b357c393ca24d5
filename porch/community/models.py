from porch.community.circles.models import Circle, CircleMember
from porch.community.joining.models import Arrival
from porch.community.membership.models import Member
from porch.community.memory.models import Noticed, NotRemembered
from porch.community.newcomers.models import FirstSteps, FirstStepsDismissal, Greeter, Greeting
from porch.community.newcomers.rights import WELCOME_NEWCOMERS
from porch.community.notes.models import MemberNote
from porch.community.notes.rights import KEEP_NOTES
from porch.community.portraits.models import Portrait
from porch.community.profiles.models import NameStart, ProfileAnswer, ProfileField, ProfileTerm
from porch.community.profiles.rights import DEFINE_FIELDS, SEE_FOR_STEWARDS
from porch.community.roles import ours
from porch.community.roles.models import Role, RoleHolder, RoleRight

__all__ = [
    "DEFINE_FIELDS",
    "KEEP_NOTES",
    "SEE_FOR_STEWARDS",
    "WELCOME_NEWCOMERS",
    "Arrival",
    "Circle",
    "CircleMember",
    "FirstSteps",
    "FirstStepsDismissal",
    "Greeter",
    "Greeting",
    "Member",
    "MemberNote",
    "NameStart",
    "NotRemembered",
    "Noticed",
    "Portrait",
    "ProfileAnswer",
    "ProfileField",
    "ProfileTerm",
    "Role",
    "RoleHolder",
    "RoleRight",
    "ours",
]
