"""Who may be meant by the beginning of a name: offered while somebody types, to those who reach the space."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from porch.community.profiles.models import NameStart
from porch.community.profiles.values import MOST_START, words
from porch.conversation.posts.mentions import roles_for
from porch.conversation.spaces.models import Space
from porch.conversation.spaces.reaching import likely_in, reaches
from porch.conversation.spaces.rules import reached_by
from porch.conversation.wording.naming import folded, spelled
from porch.kit.refusals import NotFound

MOST_OFFERED, MOST_LOOKED_AT, MOST_WORDS = 8, 16, 4


@dataclass(frozen=True, slots=True)
class Offer:
    """A name to choose, and what is written for it. ``what`` is "member" or "role"."""

    name: str
    written: str
    what: str


def offers(where: Q, q: str, person_id: int) -> list[Offer]:
    """Offer members and roles whose names begin so, in a space that somebody reaches. Raises ``NotFound``."""
    space = (
        Space.objects.filter(reached_by(person_id), where).select_related("circle", "role").distinct().first()
    )
    if space is None:
        raise NotFound
    asked = words(q[:80])[:MOST_WORDS]
    found = likely_in(space).select_related("person")
    for each in asked:
        starts = NameStart.objects.filter(member=OuterRef("pk"), start=each[:MOST_START])
        found = found.filter(Exists(starts))
    seen = found.order_by("person__name", "pk")[:MOST_LOOKED_AT] if asked else []
    members = [each for each in seen if reaches(each.person_id, space.pk)][:MOST_OFFERED]
    roles = [each for each in roles_for(space) if asked and begins(each.name, asked)]
    names = [folded(each.person.name) for each in seen] + [folded(each.name) for each in roles]
    offered = [
        Offer(name, spelled(name, kind=kind, number=number, is_unique=names.count(folded(name)) == 1), kind)
        for name, kind, number in (
            *((each.person.name, "member", each.pk) for each in members),
            *((each.name, "role", each.pk) for each in roles),
        )
    ]
    return offered[:MOST_OFFERED]


def begins(name: str, asked: list[str]) -> bool:
    """Say whether each word that was typed begins a word of a name."""
    theirs = words(name)
    return all(any(word.startswith(each) for word in theirs) for each in asked)
