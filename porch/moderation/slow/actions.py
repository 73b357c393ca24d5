from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from porch.conversation.spaces.actions import locked
from porch.conversation.spaces.models import Space
from porch.conversation.spaces.rules import looked_after_by
from porch.conversation.topics.finding import NotYoursToTend
from porch.engine.audit.recording import record
from porch.engine.facts.noting import note
from porch.kit.refusals import BadInput
from porch.moderation.acts import SLOWED
from porch.moderation.facts import SlowModeChosen
from porch.moderation.log.actions import tell_all
from porch.moderation.log.models import What
from porch.people.identity.models import Person

# Seconds between two posts of a member, with their words.
SPANS = {
    0: _("Off"),
    30: _("30 seconds"),
    60: _("1 minute"),
    300: _("5 minutes"),
    900: _("15 minutes"),
    3600: _("1 hour"),
    21600: _("6 hours"),
    86400: _("1 day"),
}


class NoSuchSpan(BadInput):
    text = _("Choose one of the spans that are listed.")


@transaction.atomic
def choose_slowness(*, space_id: int, seconds: int, by: Person, at: datetime) -> Space:
    """Say how long a member waits between two posts in a space. Raises ``NoSuchSpan`` and ``NotYoursToTend``."""
    if seconds not in SPANS:
        raise NoSuchSpan
    space = locked(Space(pk=space_id))
    if not Space.objects.filter(looked_after_by(by.pk), pk=space_id).exists():
        raise NotYoursToTend
    if space.slow_seconds != seconds:
        space.slow_seconds = seconds
        space.save(update_fields=["slow_seconds"])
        record(SLOWED, by_id=by.pk, at=at, space_id=space_id)
        note(SlowModeChosen(space_id=space_id, by_person_id=by.pk, at=at))
        tell_all(What.SLOW, at=at)
    return space
