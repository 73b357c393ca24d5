"""What the follower passes on to open pages, step by step: its looks are made here, and no thread runs."""

import math
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from porch.community.membership.models import Member
from porch.conversation.topics.tending import rename_topic
from porch.engine.facts.noting import note
from porch.engine.facts.pull import Pulled, newest
from porch.notices.telling.facts import NoticeMade
from porch.web.live.follow import Follower
from porch.web.live.hub import STALE, Hub
from porch.web.news import bell_of
from porch.web.server.pages import Pages
from tests.community.circles.making import member_of
from tests.conversation.talk import LATER, say, space_for, topic_in
from tests.village import Village
from tests.web.live.test_hub import Line


def at_once(does: Callable[..., object], *args: object) -> None:
    does(*args)


@pytest.fixture
def follower(village: Village) -> Follower:
    """A follower that counts open bells only when its test says so."""
    known = {"community": newest("community"), "audience": newest("audience")}
    made = Follower(Pages(), Hub(), known, at_once)
    made.counted = math.inf
    return made


def wait_for(member: Member, waiting: int) -> str:
    """Have so many notices wait for a member, and give the channel of their bell."""
    Member.objects.filter(pk=member.pk).update(waiting=waiting)
    return f"notices-{member.pk}"


def test_a_page_that_comes_is_told_what_waits_now_and_not_what_waited(
    village: Village, follower: Follower
) -> None:
    ben, old, fresh = member_of(village.ben), Line(), Line()
    hub, bell = follower.hub, wait_for(ben, 21)
    hub.join(old, [bell], after=None)
    follower.look()
    assert old.got == bell_of(21)
    wait_for(ben, 0)
    hub.join(fresh, [bell, "members"], after=None)
    assert fresh.got == b"", "it knows better than what was told last"
    follower.look()
    assert fresh.got == bell_of(0)
    assert old.got == bell_of(21) + bell_of(0)
    follower.look()
    assert fresh.got == bell_of(0), "once is enough"


def test_what_was_read_without_a_fact_is_told_when_it_is_time(village: Village, follower: Follower) -> None:
    ben, line = member_of(village.ben), Line()
    follower.hub.join(line, [wait_for(ben, 2)], after=None)
    follower.look()
    wait_for(ben, 1)
    follower.look()
    assert line.got == bell_of(2)
    follower.counted = -math.inf
    follower.look()
    assert line.got == bell_of(2) + bell_of(1)


def test_where_no_list_is_open_it_is_not_looked_up_which_are_old(
    village: Village, follower: Follower
) -> None:
    space, other = space_for(village.ada), space_for(village.ada, "Other")
    topic = topic_in(space, village.ada)
    follower.look()
    before, late, heard = newest("community"), Line(), Line()
    rename_topic(topic_id=topic.pk, title="Loaves", by=village.ada, at=LATER)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        follower.look()
    assert not [each for each in asked.captured_queries if "conversation_topic" in each["sql"]]
    follower.hub.join(late, [f"space-{space.pk}"], after=before)
    assert late.got == STALE, "whoever comes with an older page fetches it again"
    follower.hub.join(heard, [f"space-{other.pk}"], after=newest("community"))
    rename_topic(topic_id=topic.pk, title="Rolls", by=village.ada, at=LATER)
    follower.look()
    assert late.got.startswith(STALE + b"id: ")
    assert heard.got == b"", "somebody listens: it is known which list is old, and this one is not"


def test_a_fact_that_cannot_be_placed_has_all_lists_look_again_and_ends_nothing(
    village: Village, follower: Follower
) -> None:
    space, line, late = space_for(village.ada), Line(), Line()
    topic = topic_in(space, village.ada)
    follower.look()
    follower.hub.join(line, [f"space-{space.pk}"], after=None)
    before = newest("community")
    odd = Pulled(before + 1, "PostWritten", 1, 0, {"topic_id": topic.pk, "number": 2})
    follower.tell(odd)
    assert line.got == STALE
    follower.hub.join(late, ["space-99"], after=before)
    assert late.got == STALE
    say(topic, village.ada)
    say(topic, village.ada)
    follower.look()
    assert b"event: said" in line.got, "what comes after it is told"


def test_a_notice_is_told_at_once_to_whom_it_is_for_and_no_other_bell_is_read(
    village: Village, follower: Follower
) -> None:
    ada, ben = member_of(village.ada), member_of(village.ben)
    adas, bens = Line(), Line()
    follower.hub.join(adas, [wait_for(ada, 0)], after=None)
    follower.hub.join(bens, [wait_for(ben, 0)], after=None)
    follower.look()
    wait_for(ada, 7)
    wait_for(ben, 1)
    note(NoticeMade(member_id=ben.pk, post_id=1, at=LATER))
    follower.look()
    assert bens.got == bell_of(0) + bell_of(1)
    assert adas.got == bell_of(0), "hers is read when it is time"


def test_for_notices_of_those_who_are_not_here_no_bell_is_read(village: Village, follower: Follower) -> None:
    ada, ben = member_of(village.ada), member_of(village.ben)
    follower.hub.join(Line(), [wait_for(ada, 0)], after=None)
    follower.look()
    note(NoticeMade(member_id=ben.pk, post_id=1, at=LATER))
    with CaptureQueriesContext(connection) as asked:
        follower.look()
    assert not [each for each in asked.captured_queries if "community_member" in each["sql"]]
