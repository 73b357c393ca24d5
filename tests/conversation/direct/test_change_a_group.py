"""Naming a group and leaving it, and writing on where others have left or do not want to."""

import pytest

from porch.community.leaving.actions import leave
from porch.conversation.blocks.actions import block
from porch.conversation.direct.changing import NotAGroup, leave_group, name_group
from porch.conversation.direct.rules import CannotWriteTo, NobodyLeft, YouBlockedThem
from porch.conversation.spaces.models import Space
from porch.kit.refusals import NotFound, Refusal
from porch.people.erasure.actions import erase_person
from porch.people.identity.models import Person
from tests.conversation.direct.whispers import group, join, number, pair
from tests.conversation.talk import LATER, say
from tests.village import NOON, Village, browser


def test_any_of_a_group_names_it_and_takes_the_name_away(village: Village) -> None:
    topic = group(village.ben, village.ada, join("eve"))
    name_group(topic_id=topic.pk, name=" Picnic ", by=village.ada, at=NOON)
    topic.refresh_from_db()
    assert (topic.title, topic.space.conversation.is_named) == ("Picnic", True)
    name_group(topic_id=topic.pk, name="", by=village.ben, at=NOON)
    topic.refresh_from_db()
    assert not Space.objects.get(pk=topic.space_id).conversation.is_named
    assert topic.title == "Direct conversation"


def test_too_long_a_name_is_refused(village: Village) -> None:
    topic = group(village.ben, village.ada, join("eve"))
    with pytest.raises(Refusal):
        name_group(topic_id=topic.pk, name="x" * 81, by=village.ben, at=NOON)


def test_two_are_no_group(village: Village) -> None:
    topic = pair(village.ben, village.ada)
    with pytest.raises(NotAGroup):
        name_group(topic_id=topic.pk, name="Us", by=village.ben, at=NOON)
    with pytest.raises(NotAGroup):
        leave_group(topic_id=topic.pk, by=village.ben, at=NOON)


def test_who_left_neither_writes_nor_leaves_again(village: Village) -> None:
    eve = join("eve")
    topic = group(village.ben, village.ada, eve)
    leave_group(topic_id=topic.pk, by=eve, at=NOON)
    with pytest.raises(NotFound):
        say(topic, eve)
    with pytest.raises(NotFound):
        leave_group(topic_id=topic.pk, by=eve, at=NOON)
    assert say(topic, village.ben).number == 2


def test_the_last_one_reads_and_does_not_write(village: Village) -> None:
    topic = group(village.ben, village.ada, join("eve"))
    for each in (village.ada, Person.objects.get(name="Eve")):
        leave_group(topic_id=topic.pk, by=each, at=NOON)
    with pytest.raises(NobodyLeft):
        say(topic, village.ben)
    assert browser(village.ben).get(f"/inside/topics/{topic.pk}/").status_code == 200


def test_a_block_ends_a_conversation_of_two_for_both(village: Village) -> None:
    eve = join("eve")
    topic = pair(eve, village.ben)
    block(member_id=number(eve), by=village.ben, at=NOON)
    with pytest.raises(CannotWriteTo):
        say(topic, eve)
    with pytest.raises(YouBlockedThem):
        say(topic, village.ben)


def test_a_block_leaves_a_group_as_it_is(village: Village) -> None:
    eve = join("eve")
    topic = group(village.ben, eve, village.ada)
    block(member_id=number(eve), by=village.ben, at=NOON)
    assert [say(topic, by).number for by in (eve, village.ben)] == [2, 3]


def test_a_leavers_conversations_stay_for_the_others(village: Village) -> None:
    eve = join("eve")
    topic = pair(eve, village.ben)
    leave(person=eve, wants_erasure=False, stops_mail=False, at=LATER)
    said = browser(village.ben).get(f"/inside/topics/{topic.pk}/").content.decode()
    assert "Between us." in said
    assert "Between us." not in browser(eve).get(f"/inside/topics/{topic.pk}/", follow=True).content.decode()
    with pytest.raises(NobodyLeft):
        say(topic, village.ben)


def test_who_is_erased_leaves_words_without_a_name(village: Village) -> None:
    eve = join("eve")
    topic = pair(eve, village.ben)
    erase_person(person=eve, by=village.ada, at=LATER)
    ben = browser(village.ben)
    said = ben.get(f"/inside/topics/{topic.pk}/").content.decode()
    assert "Between us." in said
    assert "Eve" not in said
    assert "Somebody who has left" in ben.get("/inside/direct/").content.decode()
    assert ben.get(f"/inside/direct/{topic.pk}/").status_code == 200
