from datetime import datetime

from porch.community.away.actions import resume_if_due
from porch.community.membership.reads import standing_of
from porch.engine.clock.reads import clock_is_doubtful
from porch.people.identity.models import Person


def is_just_back(person: Person, *, at: datetime) -> bool:
    """Let somebody in whose suspension has ended, also before the round comes by that looks for it."""
    standing = standing_of(person.pk)
    if standing is None or standing.suspended_until is None or at < standing.suspended_until:
        return False
    return not clock_is_doubtful() and resume_if_due(person=person, at=at)
