"""Beginning a direct conversation."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from porch.community.away.actions import suspend_member
from porch.community.circles.actions import leave_circle
from porch.conversation.blocks.actions import block, choose_who_may_write, lift_block
from porch.conversation.blocks.models import Block
from porch.conversation.direct import beginning
from porch.conversation.direct.beginning import (
    A_DAY,
    MOST_A_DAY,
    MOST_A_DAY_WHEN_NEW,
    NEW_FOR,
    NobodyChosen,
    NoLongerHere,
    TooManyBegun,
    TooManyChosen,
    begin_direct,
)
from porch.conversation.direct.rules import CannotWriteTo, YouBlockedThem
from porch.conversation.posts.models import Post
from porch.conversation.spaces.models import Space
from porch.conversation.spaces.participants import Participant
from porch.conversation.topics.models import Topic
from porch.kit.refusals import NotFound
from tests.community.circles.making import bakers
from tests.conversation.direct.whispers import group, join, number, pair, write_to
from tests.village import NOON, Village, add_steward

A_MOMENT = timedelta(seconds=1)


def test_two_members_talk_in_a_space_of_their_own(village: Village) -> None:
    post = write_to(village.ada, by=village.ben)
    space = post.topic.space
    assert (space.is_direct, space.is_hidden, space.is_sensitive, space.is_glass) == (True, True, True, False)
    there = Participant.objects.filter(space=space).values_list("member__person", flat=True)
    assert set(there) == {village.ada.pk, village.ben.pk}


def test_they_go_on_in_the_one_they_have_whoever_writes(village: Village) -> None:
    first = write_to(village.ada, by=village.ben)
    second = write_to(village.ben, by=village.ada, source="And I to you.")
    assert (second.topic_id, second.number) == (first.topic_id, 2)


def test_a_group_is_made_anew_each_time(village: Village) -> None:
    eve = join("eve")
    assert group(village.ben, village.ada, eve) != group(village.ben, village.ada, eve)


def test_what_is_sent_twice_begins_one(village: Village) -> None:
    eve = join("eve")
    first = write_to(village.ada, eve, by=village.ben, sent_as="k")
    assert write_to(village.ada, eve, by=village.ben, sent_as="k") == first
    assert Topic.objects.count() == 1


def test_the_same_words_to_others_under_the_same_key_are_sent(village: Village) -> None:
    eve = join("eve")
    first = write_to(village.ada, eve, by=village.ben, sent_as="k")
    assert write_to(eve, by=village.ben, sent_as="k").topic_id != first.topic_id


def test_oneself_alone_is_nobody(village: Village) -> None:
    for chosen in ([], [number(village.ben)]):
        with pytest.raises(NobodyChosen):
            begin_direct(with_ids=chosen, source="Hm.", by=village.ben, at=NOON)


def test_ten_talk_and_eleven_do_not(village: Village) -> None:
    others = [join(f"m{n}") for n in range(10)]
    assert group(village.ben, *others[:9]).posts == 1
    with pytest.raises(TooManyChosen):
        group(village.ben, *others)


def test_nobody_writes_to_those_who_are_not_members(village: Village) -> None:
    with pytest.raises(NoLongerHere):
        begin_direct(with_ids=[2**40], source="Hm.", by=village.ben, at=NOON)


def test_nobody_begins_with_somebody_who_is_suspended(village: Village) -> None:
    from_ben = village.ben
    eve = join("eve")
    member = Participant._meta.get_field("member").related_model.objects.get(person=eve)
    suspend_member(member=member, until=NOON + A_DAY, reason="Noise", by=village.ada, at=NOON)
    with pytest.raises(NoLongerHere):
        write_to(eve, by=from_ben)


def test_dov_begins_nothing(village: Village) -> None:
    with pytest.raises(NotFound):
        write_to(village.ben, by=village.dov)


@pytest.mark.parametrize(("age", "most"), [(NEW_FOR - A_MOMENT, MOST_A_DAY_WHEN_NEW), (NEW_FOR, MOST_A_DAY)])
def test_how_many_one_begins_within_a_day(
    village: Village, monkeypatch: pytest.MonkeyPatch, age: timedelta, most: int
) -> None:
    monkeypatch.setattr(beginning, "MOST_A_DAY", 7)
    most = min(most, 7)
    at = NOON + age
    people = [join(f"m{n}") for n in range(most + 1)]
    for each in people[:most]:
        write_to(each, by=village.ben, at=at)
    for late in (timedelta(0), A_DAY - A_MOMENT):
        if at + late < NOON + NEW_FOR or age == NEW_FOR:
            with pytest.raises(TooManyBegun):
                write_to(people[most], by=village.ben, at=at + late)
    assert write_to(people[0], by=village.ben, source="We go on.", at=at).number == 2
    assert write_to(people[most], by=village.ben, at=at + A_DAY).number == 1


def test_whoever_is_blocked_does_not_begin_and_does_not_learn_why(village: Village) -> None:
    eve = join("eve")
    block(member_id=number(eve), by=village.ben, at=NOON)
    with pytest.raises(CannotWriteTo) as by_block:
        write_to(village.ben, by=eve)
    lift_block(block_id=Block.objects.get().pk, by=village.ben)
    choose_who_may_write(who="nobody", by=village.ben)
    with pytest.raises(CannotWriteTo) as by_choice:
        write_to(village.ben, by=eve)
    assert str(by_block.value) == str(by_choice.value)
    assert Space.objects.count() == 0


def test_who_blocks_somebody_does_not_write_to_them(village: Village) -> None:
    eve = join("eve")
    block(member_id=number(eve), by=village.ben, at=NOON)
    with pytest.raises(YouBlockedThem):
        write_to(eve, by=village.ben)


def test_a_block_keeps_somebody_out_of_a_group_too(village: Village) -> None:
    eve = join("eve")
    block(member_id=number(eve), by=village.ben, at=NOON)
    with pytest.raises(CannotWriteTo):
        group(eve, village.ada, village.ben)


def test_a_steward_writes_to_whoever_wants_nobody(village: Village) -> None:
    choose_who_may_write(who="nobody", by=village.ben)
    assert write_to(village.ben, by=add_steward()).number == 1


def test_those_of_a_circle_write_as_long_as_they_are_in_it(village: Village) -> None:
    eve, fay = join("eve"), join("fay")
    choose_who_may_write(who="circles", by=village.ben)
    circle = bakers(village.ben, eve, fay)
    assert write_to(village.ben, by=eve).number == 1
    leave_circle(circle=circle, by=fay, at=NOON)
    with pytest.raises(CannotWriteTo):
        write_to(village.ben, by=fay)


def test_the_choice_leaves_what_was_begun(village: Village) -> None:
    eve = join("eve")
    pair(village.ben, eve)
    choose_who_may_write(who="nobody", by=village.ben)
    assert write_to(village.ben, by=eve, source="Still there?").number == 2


@pytest.mark.django_db(transaction=True)
def test_two_that_write_to_each_other_at_once_have_one_conversation(village: Village) -> None:
    ready = Barrier(2)
    failed: list[BaseException] = []

    def go(one: object, other: object) -> None:
        try:
            ready.wait()
            write_to(other, by=one, source=f"From {one}")
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    both = [Thread(target=go, args=args) for args in ((village.ada, village.ben), (village.ben, village.ada))]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert failed == []
    assert Topic.objects.get().posts == Post.objects.count() == 2
