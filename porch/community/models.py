from porch.community.away.models import Suspension
from porch.community.bookkeeping.models import Sheet
from porch.community.circles.models import Circle, CircleMember
from porch.community.invites import rules as inviting
from porch.community.invites.models import Invite
from porch.community.joining.models import Arrival
from porch.community.leaving import ours as leaving_ours
from porch.community.leaving.models import (
    AskAgain,
    ExitAnswer,
    LaidDownCircle,
    LaidDownRole,
    Leaving,
    LeavingTerms,
)
from porch.community.lists.models import SavedSet
from porch.community.lists.ours import SEE_MEMBERS
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
from porch.community.register import rights as register_rights
from porch.community.removal import ours as removal_ours
from porch.community.removal.models import Removal, RemovalHash
from porch.community.requests import ours as requests_ours
from porch.community.requests.models import Answer, JoinRequest, Question
from porch.community.roles import ours
from porch.community.roles.models import Role, RoleHolder, RoleRight
from porch.community.tiers import rights
from porch.community.tiers.models import MemberTier, Tier, TierCircle, TierNotice
from porch.community.vouching.models import Vouch

__all__ = [
    "DEFINE_FIELDS",
    "KEEP_NOTES",
    "SEE_FOR_STEWARDS",
    "SEE_MEMBERS",
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
    "Tier",
    "TierCircle",
    "TierNotice",
    "Vouch",
    "inviting",
    "leaving_ours",
    "ours",
    "register_rights",
    "removal_ours",
    "requests_ours",
    "rights",
]
