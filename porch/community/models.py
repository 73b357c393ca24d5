from porch.community.away.models import Suspension, SuspensionHash
from porch.community.bookkeeping.models import Sheet
from porch.community.circles.models import Circle, CircleMember
from porch.community.invites.models import HeldUse, Invite
from porch.community.invites.rights import INVITE, SEE_GRAPH
from porch.community.joining.models import Arrival
from porch.community.leaving.models import (
    AskAgain,
    ExitAnswer,
    LaidDownCircle,
    LaidDownRole,
    Leaving,
    LeavingTerms,
)
from porch.community.leaving.rights import EDIT_CHARTER, READ_EXIT_ANSWERS
from porch.community.lists.models import SavedSet
from porch.community.lists.rights import SEE_MEMBERS
from porch.community.membership.models import Member
from porch.community.memory.models import Noticed, NotRemembered
from porch.community.newcomers.models import FirstSteps, FirstStepsDismissal, Greeter, Greeting
from porch.community.newcomers.rights import WELCOME_NEWCOMERS
from porch.community.notes.models import MemberNote
from porch.community.notes.rights import KEEP_NOTES
from porch.community.ownership.models import OwnershipOffer
from porch.community.payments.models import Payment
from porch.community.portraits.models import Portrait
from porch.community.profiles.models import NameStart, ProfileAnswer, ProfileField, ProfileTerm
from porch.community.profiles.rights import DEFINE_FIELDS, SEE_FOR_STEWARDS
from porch.community.register.rights import SEE_REGISTER
from porch.community.removal.models import Removal, RemovalHash
from porch.community.removal.rights import REMOVE_MEMBERS
from porch.community.requests.models import Answer, JoinRequest, Question, Vouch
from porch.community.requests.rights import DECIDE_REQUESTS
from porch.community.roles.models import Role, RoleHolder, RoleRight
from porch.community.roles.rights import MANAGE_CIRCLES, MANAGE_ROLES
from porch.community.tiers.models import MemberTier, Tier, TierCircle, TierNotice
from porch.community.tiers.rights import MANAGE_TIERS

__all__ = [
    "DECIDE_REQUESTS",
    "DEFINE_FIELDS",
    "EDIT_CHARTER",
    "INVITE",
    "KEEP_NOTES",
    "MANAGE_CIRCLES",
    "MANAGE_ROLES",
    "MANAGE_TIERS",
    "READ_EXIT_ANSWERS",
    "REMOVE_MEMBERS",
    "SEE_FOR_STEWARDS",
    "SEE_GRAPH",
    "SEE_MEMBERS",
    "SEE_REGISTER",
    "WELCOME_NEWCOMERS",
    "Answer",
    "Arrival",
    "AskAgain",
    "Circle",
    "CircleMember",
    "ExitAnswer",
    "FirstSteps",
    "FirstStepsDismissal",
    "Greeter",
    "Greeting",
    "HeldUse",
    "Invite",
    "JoinRequest",
    "LaidDownCircle",
    "LaidDownRole",
    "Leaving",
    "LeavingTerms",
    "Member",
    "MemberNote",
    "MemberTier",
    "NameStart",
    "NotRemembered",
    "Noticed",
    "OwnershipOffer",
    "Payment",
    "Portrait",
    "ProfileAnswer",
    "ProfileField",
    "ProfileTerm",
    "Question",
    "Removal",
    "RemovalHash",
    "Role",
    "RoleHolder",
    "RoleRight",
    "SavedSet",
    "Sheet",
    "Suspension",
    "SuspensionHash",
    "Tier",
    "TierCircle",
    "TierNotice",
    "Vouch",
]
