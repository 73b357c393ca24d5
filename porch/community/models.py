from porch.community.membership.models import Member
from porch.community.portraits.models import Portrait

__all__ = ["Member", "Portrait"]
