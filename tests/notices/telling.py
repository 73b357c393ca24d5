"""What the tests of notices share: facts heard as the worker hears them, and what came of it."""

from datetime import datetime

from django.db import transaction

from porch.community.membership.models import Member
from porch.community.membership.reads import MEMBERSHIP
from porch.engine.facts.consuming import Consumer
from porch.engine.facts.hearing import Hearing
from porch.engine.facts.pull import Pulled
from porch.kit.time import to_micros
from porch.notices.telling.hearing import HEARS, hear_what_to_tell
from porch.notices.waiting.kinds import Kind
from porch.notices.waiting.models import Notice
from porch.notices.waiting.rules import waiting_for
from porch.people.identity.models import Person
from tests.community.profiles.asking import member_of
from tests.conversation.talk import LATER


def hear() -> None:
    """Have the consumer hear whatever was noted so far, and has not been heard."""
    hearing = Hearing([Consumer("notices", "community", hear_what_to_tell, HEARS)])
    hearing.begin()
    while hearing.look(moment=0, tell=lambda: LATER):
        pass


def hear_of(kind: str, *, at: datetime = LATER, **ids: int) -> None:
    """Have the consumer hear a fact of a kind that another part notes."""
    with transaction.atomic():
        hear_what_to_tell(Pulled(0, kind, 1, to_micros(at), ids))


def mentioned(post: object, *people: Person, at: datetime = LATER) -> None:
    """Have members be mentioned in a post."""
    for person in people:
        hear_of("MemberMentioned", at=at, post_id=post.pk, member_id=member_of(person).pk)  # type: ignore[attr-defined]


def told(person: Person) -> list[tuple[str, int]]:
    """Give the kind and the post of each notice of somebody's, as rows."""
    rows = Notice.objects.filter(member__person=person).order_by("post")
    return [(Kind(each.kind).name, each.post_id) for each in rows]


def waiting(person: Person) -> int:
    """Give the number in somebody's header."""
    row = MEMBERSHIP.first(person=person.pk)
    assert row is not None
    return row.waiting


def counted(person: Person) -> int:
    """Count what waits for somebody in the plainest way."""
    return waiting_for(person.pk).filter(member=Member.objects.get(person=person)).count()
