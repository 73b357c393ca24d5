"""Notices are made while somebody reads, and mailed by two workers at once: the number is right, and one mail goes."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from porch.conversation.reading.actions import mark_read
from porch.engine.outbox.models import Delivery
from porch.notices.mailing.looking import look_into
from porch.notices.waiting.seeing import see_all
from tests.community.profiles.asking import member_of
from tests.conversation.talk import LATER, say, space_for, topic_in
from tests.notices.telling import counted, hear, hear_of, waiting
from tests.notices.test_mail_what_is_due import DUE, agree
from tests.village import build_village

pytestmark = pytest.mark.django_db(transaction=True)
POSTS = 12


def at_once(*works: object) -> list[object]:
    """Do several things in threads that begin together."""
    start = Barrier(len(works))

    def run(work: object) -> object:
        try:
            start.wait()
            return work()  # type: ignore[operator]
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def test_the_number_is_right_whoever_comes_first() -> None:
    village = build_village()
    member = member_of(village.ben).pk
    topic = topic_in(space_for(village.ada), village.ben)
    hear()
    posts = [say(topic, village.ada, f"Word {n}", reply_to=1) for n in range(POSTS)]

    def make() -> None:
        for post in posts:
            hear_of("PostWritten", post_id=post.pk, target_member_id=member)

    def read() -> None:
        for post in posts:
            mark_read(topic_id=topic.pk, member_id=member, number=post.number, at=LATER)

    at_once(make, read)
    assert waiting(village.ben) == counted(village.ben) == 0


def test_the_number_is_right_when_all_is_put_away_meanwhile() -> None:
    village = build_village()
    member = member_of(village.ben).pk
    topic = topic_in(space_for(village.ada), village.ben)
    hear()
    posts = [say(topic, village.ada, f"Word {n}", reply_to=1) for n in range(POSTS)]

    def make() -> None:
        for post in posts:
            hear_of("PostWritten", post_id=post.pk, target_member_id=member)

    at_once(make, lambda: [see_all(member_id=member, at=LATER) for _each in range(POSTS)])
    assert waiting(village.ben) == counted(village.ben)


def test_of_two_workers_one_mails() -> None:
    village = build_village()
    member = member_of(village.ben).pk
    topic = topic_in(space_for(village.ada), village.ben)
    agree(village.ben)
    hear()
    say(topic, village.ada, reply_to=1)
    hear()
    at_once(*[lambda: look_into(member_id=member, at=DUE)] * 2)
    assert Delivery.objects.count() == 1
