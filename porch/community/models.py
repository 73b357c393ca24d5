from porch.community.away.models import Suspension
from porch.community.circles.models import Circle, CircleMember
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
from porch.community.membership.models import Member
from porch.community.portraits.models import Portrait
from porch.community.removal import ours as removal_ours
from porch.community.removal.models import Removal, RemovalHash
from porch.community.roles import ours
from porch.community.roles.models import Role, RoleHolder, RoleRight

__all__ = [
    "Arrival",
    "AskAgain",
    "Circle",
    "CircleMember",
    "ExitAnswer",
    "LaidDownCircle",
    "LaidDownRole",
    "Leaving",
    "LeavingTerms",
    "Member",
    "Portrait",
    "Removal",
    "RemovalHash",
    "Role",
    "RoleHolder",
    "RoleRight",
    "Suspension",
    "leaving_ours",
    "ours",
    "removal_ours",
]
