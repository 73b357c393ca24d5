"""Each member votes once: changed at will in an open poll, final and told to nobody in a secret one."""

from datetime import timedelta

import pytest
from django.db import connection

from porch.community.membership.models import Member
from porch.conversation.polls.closing import close_poll
from porch.conversation.polls.models import Ballot, Choice
from porch.conversation.polls.voting import NothingChosen, PollIsOver, TooManyChosen, VoteIsFinal, vote
from porch.conversation.topics.finding import TopicIsClosed
from porch.conversation.topics.tending import close_topic
from porch.kit.refusals import NotFound
from tests.community.removal.test_remove_member import remove
from tests.conversation.polls.polling import choose, counts, facts, poll_in
from tests.conversation.talk import LATER, kitchen, space_for
from tests.engine.promises.owing import at_once
from tests.village import Village, add_steward, build_village

MICROSECOND = timedelta(microseconds=1)


def test_a_vote_counts_and_can_be_changed(village: Village) -> None:
    poll = poll_in(space_for(village.ada), village.ada, most=2)
    choose(poll, village.ben, 1, 2)
    choose(poll, village.ada, 2)
    assert counts(poll) == [1, 2, 0]
    choose(poll, village.ben, 2, 3)
    choose(poll, village.ben, 2, 3)
    poll.refresh_from_db()
    assert (counts(poll), poll.voters) == ([0, 2, 1], 2)
    ben = Member.objects.get(person=village.ben).pk
    kinds = [kind for kind, _ids in facts("VoteGiven", "VoteChanged")]
    assert kinds == ["VoteGiven", "VoteGiven", "VoteChanged"]
    assert facts("VoteGiven")[0][1]["member_id"] == ben


def test_a_secret_vote_is_final_and_joined_to_nobody(village: Village) -> None:
    poll = poll_in(space_for(village.ada), village.ada, is_secret=True)
    choose(poll, village.ben, 1)
    with pytest.raises(VoteIsFinal):
        choose(poll, village.ben, 2)
    assert (counts(poll), Choice.objects.count()) == ([1, 0, 0], 0)
    assert list(Ballot.objects.values_list("member__person", "at")) == [(village.ben.pk, None)]
    assert facts("VoteGiven")[0][1] == {
        "topic_id": poll.pk,
        "space_id": poll.topic.space_id,
        "member_id": None,
    }


def test_no_table_joins_a_secret_vote_with_what_was_chosen(village: Village) -> None:
    """Two houses in which Ben chose otherwise differ in the counts of the options, and in nothing else."""
    poll = poll_in(space_for(village.ada), village.ada, is_secret=True)
    with connection.cursor() as cursor:
        tables = [t for t in connection.introspection.table_names(cursor) if t.startswith("conversation_")]

    def rows() -> dict[str, list[object]]:
        found = {}
        for table in tables:
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT * FROM {table} ORDER BY 1")
                found[table] = cursor.fetchall()
        return found

    before = rows()
    choose(poll, village.ben, 3)
    after = rows()
    changed = {table for table in tables if before[table] != after[table]}
    assert changed == {"conversation_ballot", "conversation_option", "conversation_poll"}


def test_what_cannot_be_chosen_is_refused(village: Village) -> None:
    poll = poll_in(space_for(village.ada), village.ada)
    other = poll_in(poll.topic.space, village.ada)
    with pytest.raises(NothingChosen):
        choose(poll, village.ben)
    with pytest.raises(TooManyChosen):
        choose(poll, village.ben, 1, 2)
    with pytest.raises(NotFound):
        vote(topic_id=poll.pk, option_ids=[other.options.first().pk], by=village.ben, at=LATER)
    assert not Ballot.objects.exists()


def test_it_is_over_at_its_second_whoever_noticed(village: Village) -> None:
    poll = poll_in(space_for(village.ada), village.ada, closes_at=LATER)
    choose(poll, village.ben, 1, at=LATER - MICROSECOND)
    for at in (LATER, LATER + MICROSECOND):
        with pytest.raises(PollIsOver):
            choose(poll, village.ben, 2, at=at)
    assert counts(poll) == [1, 0, 0]


def test_a_closed_topic_takes_no_vote(village: Village) -> None:
    poll = poll_in(space_for(village.ada), village.ada)
    close_topic(topic_id=poll.pk, by=village.ada, at=LATER)
    with pytest.raises(TopicIsClosed):
        choose(poll, village.ben, 1)


def test_only_whoever_reaches_the_space_votes(village: Village) -> None:
    sol = add_steward()
    poll = poll_in(kitchen(village, village.ben), village.ben)
    choose(poll, village.ben, 1)
    choose(poll, sol, 1)
    with pytest.raises(NotFound):
        choose(poll, village.dov, 1)
    remove(village.ben, village.ada, at=LATER, expires_at=None)
    with pytest.raises(NotFound):
        choose(poll, village.ben, 2)


@pytest.mark.parametrize("is_secret", [True, False])
@pytest.mark.django_db(transaction=True)
def test_two_votes_of_one_member_at_once_are_one(is_secret: bool) -> None:
    village = build_village()
    poll = poll_in(space_for(village.ada), village.ada, is_secret=is_secret)
    at_once(*[lambda place=place: choose(poll, village.ben, place) for place in (1, 2, 3, 1)])
    poll.refresh_from_db()
    assert (sum(counts(poll)), poll.voters, Ballot.objects.count()) == (1, 1, 1)
    if not is_secret:
        [chosen] = Choice.objects.all()
        assert counts(poll)[chosen.option.place - 1] == 1


@pytest.mark.django_db(transaction=True)
def test_a_vote_against_the_closing_counts_before_it_or_not_at_all() -> None:
    village = build_village()
    poll = poll_in(space_for(village.ada), village.ada)
    came = at_once(
        lambda: choose(poll, village.ben, 1),
        lambda: close_poll(topic_id=poll.pk, by=village.ada, at=LATER),
    )
    poll.refresh_from_db()
    was_over = isinstance(came[0], PollIsOver)
    assert (poll.voted, sum(counts(poll))) == ((0, 0) if was_over else (1, 1))
