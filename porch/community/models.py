from porch.community.bookkeeping.models import Sheet
from porch.community.circles.models import Circle, CircleMember
from porch.community.joining.models import Arrival
from porch.community.membership.models import Member
from porch.community.payments.models import Payment
from porch.community.portraits.models import Portrait
from porch.community.roles import ours
from porch.community.roles.models import Role, RoleHolder, RoleRight
from porch.community.tiers import rights
from porch.community.tiers.models import MemberTier, Tier, TierCircle, TierNotice

__all__ = [
    "Arrival",
    "Circle",
    "CircleMember",
    "Member",
    "MemberTier",
    "Payment",
    "Portrait",
    "Role",
    "RoleHolder",
    "RoleRight",
    "Sheet",
    "Tier",
    "TierCircle",
    "TierNotice",
    "ours",
    "rights",
]
