"""A poll ends by its time, or before by whoever asked; then its turnout is counted for good."""

from datetime import timedelta

import pytest

from porch.community.membership.models import Member
from porch.community.roles.founding import admit_founder
from porch.community.roles.models import Role, RoleRight
from porch.community.roles.reads import MEMBER
from porch.conversation.polls.closing import NotYourPoll, close_due_polls, close_poll
from porch.conversation.polls.reads import find_poll
from porch.conversation.spaces.members import members_reaching
from porch.conversation.spaces.models import Space
from porch.conversation.spaces.rights import TEND_TOPICS
from porch.conversation.spaces.rules import reached_by
from porch.kit.refusals import NotFound
from tests.community.removal.test_remove_member import remove
from tests.community.roles.giving import role_with
from tests.conversation.polls.polling import choose, facts, poll_in
from tests.conversation.talk import LATER, kitchen, space_for
from tests.village import NOON, Village, add_person, add_steward

MICROSECOND = timedelta(microseconds=1)


def test_whoever_asked_or_looks_after_it_closes_it_and_nobody_else(village: Village) -> None:
    sol, fay = add_steward(), add_person("fay")
    admit_founder(person=fay, at=NOON)
    space = space_for(village.ada)
    for by in (village.ben, sol):
        poll = poll_in(space, village.ben)
        with pytest.raises(NotYourPoll):
            close_poll(topic_id=poll.pk, by=fay, at=LATER)
        with pytest.raises(NotFound):
            close_poll(topic_id=poll.pk, by=village.dov, at=LATER)
        for _ in range(2):
            assert close_poll(topic_id=poll.pk, by=by, at=LATER).closed_at == LATER
    assert [kind for kind, _ids in facts("PollClosed")] == ["PollClosed"] * 2


def test_it_closes_by_itself_at_its_second_once(village: Village) -> None:
    poll = poll_in(space_for(village.ada), village.ada, closes_at=LATER)
    assert close_due_polls(at=LATER - MICROSECOND) == 0
    assert close_due_polls(at=LATER + timedelta(days=9), hold=True) == 0
    assert [close_due_polls(at=LATER), close_due_polls(at=LATER)] == [1, 0]
    poll.refresh_from_db()
    assert (poll.closed_at, poll.counted_at, poll.reached, poll.voted) == (LATER, LATER, 2, 0)
    assert len(facts("PollClosed")) == 1


def test_the_turnout_is_of_those_who_can_read_it_now_and_frozen_at_the_end(village: Village) -> None:
    space, sol = space_for(village.ada), add_steward()
    poll = poll_in(space, village.ada)
    choose(poll, village.ben, 1)
    choose(poll, village.ada, 2)
    me = Member.objects.get(person=village.ada).pk

    def turnout() -> tuple[int, int, int]:
        found = find_poll(poll.pk, space.pk, me, at=LATER)
        assert found is not None
        return found.turnout.voted, found.turnout.reached, found.turnout.others

    assert turnout() == (2, 3, 0)
    remove(village.ben, village.ada, at=LATER, expires_at=None)
    assert turnout() == (1, 2, 1)
    close_poll(topic_id=poll.pk, by=village.ada, at=LATER)
    remove(sol, village.ada, at=LATER, expires_at=None)
    assert turnout() == (1, 2, 1)


def test_who_reaches_a_space_is_the_same_asked_from_either_side(village: Village) -> None:
    sol, fay = add_steward(), add_person("fay")
    admit_founder(person=fay, at=NOON)
    kitchen_ = kitchen(village, village.ben, fay)
    role = role_with(TEND_TOPICS, circle=kitchen_.circle, held_by=village.ben)
    of_all = Role.objects.get(key=MEMBER, circle__is_whole=True)
    space_for(village.ada)
    space_for(village.ada, "Owners", role=Role.objects.get(key="owner"))
    space_for(village.ada, "Bakers", role=role)
    people = [village.ada, village.ben, village.dov, sol, fay]

    def both() -> None:
        for space in Space.objects.all():
            one = {p.pk for p in people if Space.objects.filter(reached_by(p.pk), pk=space.pk).exists()}
            assert one == set(members_reaching(space.pk).values_list("person_id", flat=True)), space

    both()
    remove(fay, village.ada, at=LATER, expires_at=None)
    both()
    RoleRight.objects.create(role=of_all, right=TEND_TOPICS.name)
    both()
