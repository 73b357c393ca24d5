"""Who still reaches a topic: asked again and again for pages that stay open."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import BigIntegerField

from porch.conversation.spaces.rules import reached_by
from porch.conversation.topics.models import Topic
from porch.kit.prepared import Prepared


@dataclass(frozen=True, slots=True)
class Reached:
    id: int


REACHED = Prepared(
    lambda topic, person: Topic.objects.filter(reached_by(person, "space__"), pk=topic),
    Reached,
    topic=BigIntegerField(),
    person=BigIntegerField(),
)


def which_reach(pairs: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
    """Tell which of these (topic, person) still stand. Each is asked about by itself, in about 50 µs."""
    return {(topic, person) for topic, person in pairs if REACHED.exists(topic=topic, person=person)}
