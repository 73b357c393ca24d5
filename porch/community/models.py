from porch.community.membership.models import Member

__all__ = ["Member"]
