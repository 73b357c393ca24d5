"""Polls for tests, opened by the verb that people use."""

from datetime import datetime

from porch.conversation.polls.models import Option, Poll
from porch.conversation.polls.opening import PollTerms, open_poll
from porch.conversation.polls.voting import vote
from porch.conversation.spaces.models import Space
from porch.engine.facts.pull import pull
from porch.people.identity.models import Person
from tests.conversation.talk import LATER
from tests.village import NOON


def poll_in(space: Space, by: Person, *, at: datetime = NOON, **what: object) -> Poll:
    terms = PollTerms(**{"options": ["Rye", "Wheat", "Oats"], **what})
    post = open_poll(space_id=space.pk, title="Which flour?", source="For Friday.", terms=terms, by=by, at=at)
    return Poll.objects.get(pk=post.topic_id)


def choose(poll: Poll, by: Person, *places: int, at: datetime = LATER) -> None:
    ids = list(Option.objects.filter(poll=poll, place__in=places).values_list("pk", flat=True))
    vote(topic_id=poll.pk, option_ids=ids, by=by, at=at)


def counts(poll: Poll) -> list[int]:
    return list(Option.objects.filter(poll=poll).order_by("place").values_list("votes", flat=True))


def facts(*kinds: str) -> list[tuple[str, dict[str, object]]]:
    found = pull("community", most=10_000)
    return [(each.kind, each.ids) for each in found if each.kind in kinds]
