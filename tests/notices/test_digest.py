"""The digest: on Monday morning, to whoever agreed and was away, with what they missed and may read; never empty."""

from datetime import datetime, timedelta

import pytest

from porch.conversation.posts.changing import delete_post
from porch.conversation.reading.actions import choose_level, mark_read
from porch.conversation.reading.models import Level, Reading
from porch.engine.outbox.models import Delivery
from porch.notices.choosing.models import Choice
from porch.notices.digest.actions import send_digest, send_due_digests
from porch.people.identity.models import Person
from tests.community.profiles.asking import member_of
from tests.conversation.talk import kitchen, say, space_for, topic_in
from tests.notices.test_mail_what_is_due import agree
from tests.people.mails import text_of
from tests.village import NOON, Village, add_steward

# Ben was last here on Monday at noon.
MONDAY = datetime.fromisoformat("2026-03-09T08:00:00+00:00")
SECOND = timedelta(seconds=1)


def go(at: datetime = MONDAY) -> list[Delivery]:
    before = set(Delivery.objects.values_list("pk", flat=True))
    send_due_digests(at=at, hold=False)
    return list(Delivery.objects.exclude(pk__in=before))


@pytest.fixture
def ben(village: Village) -> Person:
    """Ben, who agreed and reads by the clocks of UTC, in a place where somebody has written since."""
    agree(village.ben, "digest")
    Choice.objects.create(member=member_of(village.ben), zone="UTC")
    topic = topic_in(space_for(village.ada), village.ada)
    say(topic, village.ada)
    return village.ben


def test_it_comes_on_monday_morning_to_the_second_and_once(ben: Person) -> None:
    assert go(MONDAY - SECOND) == []
    assert go(MONDAY + timedelta(days=1)) == []
    (row,) = go()
    assert row.subject == "What you missed: Bread"
    assert "1 new post" in text_of(row)
    assert "/stop/digest." in text_of(row)
    assert go(MONDAY + timedelta(hours=2)) == []


def test_it_comes_again_a_week_later_if_there_is_more(ben: Person) -> None:
    assert len(go()) == 1
    assert len(go(MONDAY + timedelta(days=7))) == 1


def test_whoever_was_here_gets_none(ben: Person) -> None:
    topic = Reading.objects.get(member__person__name="Owner").topic
    mark_read(
        topic_id=topic.pk, member_id=member_of(ben).pk, number=1, at=MONDAY - timedelta(days=6) + SECOND
    )
    assert go() == []


def test_nobody_gets_one_who_did_not_agree(village: Village, ben: Person) -> None:
    Choice.objects.create(member=member_of(village.ada), zone="UTC")
    assert {row.to_address for row in go()} == {"ben@example.org"}


def test_nothing_comes_while_the_clock_is_doubtful(ben: Person) -> None:
    assert send_due_digests(at=MONDAY, hold=True) == 0


def test_it_is_never_empty_and_tells_nothing_that_is_not_theirs(village: Village) -> None:
    sol = add_steward()
    agree(village.ben, "digest")
    Choice.objects.create(member=member_of(village.ben), zone="UTC")
    topic_in(kitchen(village, sol), sol, "Not for Ben")
    topic_in(space_for(village.ada, "Illness", is_sensitive=True), sol, "Sensitive")
    space = space_for(village.ada)
    muted, deleted, read = (topic_in(space, sol, title) for title in ("Muted", "Deleted", "Read"))
    choose_level(topic_id=muted.pk, level=Level.MUTE, by=village.ben, at=NOON)
    delete_post(post_id=say(deleted, sol).pk, by=sol, at=NOON)
    for topic, number in ((deleted, 1), (read, 1)):
        mark_read(topic_id=topic.pk, member_id=member_of(village.ben).pk, number=number, at=NOON)
    assert go() == []


def test_of_two_who_send_it_one_does(ben: Person) -> None:
    member = member_of(ben).pk
    assert send_digest(member_id=member, at=MONDAY) is not None
    assert send_digest(member_id=member, at=MONDAY) is None
