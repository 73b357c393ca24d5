"""Ways to be away, for tests of what does not go on meanwhile."""

from datetime import timedelta

from porch.community.away.actions import suspend_member, take_pause
from porch.community.membership.models import Member
from porch.kit.time import now
from tests.village import NOON, Village

AWAY = ["suspended", "paused"]


def send_away(village: Village, how: str) -> Member:
    """Have Ben be away."""
    member = Member.objects.get(person=village.ben)
    if how == "paused":
        return take_pause(person=village.ben, at=NOON)
    at = now()
    suspend_member(member=member, until=at + timedelta(days=3), reason="Shouted.", by=village.ada, at=at)
    return member
