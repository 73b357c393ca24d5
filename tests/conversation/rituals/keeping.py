"""Rituals for tests, made by the verb that people use. Noon of the village is a Monday."""

from datetime import datetime, timedelta

from porch.conversation.rituals.making import RitualTerms, make_ritual
from porch.conversation.rituals.models import Ritual
from porch.conversation.spaces.models import Space
from porch.people.identity.models import Person
from tests.village import NOON

WEEK = timedelta(days=7)
# Friday of that week at 16:00, in UTC.
FIRST = datetime(2026, 3, 6, 16, 0, tzinfo=NOON.tzinfo)


def ritual_in(space: Space, by: Person, *, at: datetime = NOON, **what: object) -> Ritual:
    usual = {
        "title": "Release note {n}",
        "source": "What is new?",
        "every": "week",
        "weekday": 4,
        "minute": 960,
    }
    return make_ritual(space_id=space.pk, terms=RitualTerms(**{**usual, **what}), by=by, at=at)


def states(ritual: Ritual) -> list[str]:
    return list(ritual.beats.order_by("due_at").values_list("state", flat=True))
