"""What the follower passes on to open pages, step by step: its looks are made here, and no thread runs."""

import math
from collections.abc import Callable

import pytest

from porch.community.membership.models import Member
from porch.engine.facts.pull import newest
from porch.web.live.follow import Follower
from porch.web.live.hub import Hub
from porch.web.news import bell_of
from porch.web.server.pages import Pages
from tests.community.circles.making import member_of
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
