"""Blocking somebody."""

import pytest
from django.db.models import OuterRef

from porch.community.membership.models import Member
from porch.community.roles.models import Role, RoleHolder
from porch.community.roles.reads import STEWARD
from porch.conversation.blocks import actions
from porch.conversation.blocks.actions import (
    NotYourself,
    StewardsStay,
    TooManyBlocks,
    block,
    choose_who_may_write,
    lift_block,
)
from porch.conversation.blocks.models import Block
from porch.conversation.blocks.rules import blocked_by, is_blocked
from porch.conversation.pages.reads import find_topic
from porch.engine.facts.pull import pull
from porch.kit.refusals import NotFound
from porch.people.erasure.actions import erase_person
from porch.people.erasure.reads import held
from porch.people.identity.models import Person
from tests.conversation.direct.whispers import join, number
from tests.conversation.talk import space_for, topic_in
from tests.village import NOON, Village, add_steward, browser


def test_a_block_is_of_one_by_one(village: Village) -> None:
    eve = join("eve")
    block(member_id=number(eve), by=village.ben, at=NOON)
    block(member_id=number(eve), by=village.ben, at=NOON)
    assert Block.objects.count() == 1
    assert is_blocked(by_id=village.ben.pk, person_id=eve.pk)
    assert not is_blocked(by_id=eve.pk, person_id=village.ben.pk)
    assert not is_blocked(by_id=village.ada.pk, person_id=eve.pk)
    blocked = Person.objects.filter(blocked_by(village.ben.pk, OuterRef("pk")))
    assert list(blocked) == [eve]


def test_only_whoever_blocked_lifts_it(village: Village) -> None:
    eve = join("eve")
    made = block(member_id=number(eve), by=village.ben, at=NOON)
    for other in (eve, village.ada):
        lift_block(block_id=made.pk, by=other)
        assert Block.objects.count() == 1
    lift_block(block_id=made.pk, by=village.ben)
    lift_block(block_id=made.pk, by=village.ben)
    assert not is_blocked(by_id=village.ben.pk, person_id=eve.pk)


def test_nobody_blocks_themselves_or_whoever_is_not_there(village: Village) -> None:
    with pytest.raises(NotYourself):
        block(member_id=number(village.ben), by=village.ben, at=NOON)
    with pytest.raises(NotFound):
        block(member_id=2**40, by=village.ben, at=NOON)


def test_who_looks_after_the_community_is_not_blocked(village: Village) -> None:
    for steward in (village.ada, add_steward()):
        with pytest.raises(StewardsStay):
            block(member_id=number(steward), by=village.ben, at=NOON)


def test_a_block_rests_while_its_steward_is_one(village: Village) -> None:
    eve = join("eve")
    block(member_id=number(eve), by=village.ben, at=NOON)
    role = Role.objects.get(key=STEWARD, circle__is_whole=True)
    given = RoleHolder.objects.create(role=role, member=Member.objects.get(person=eve), given_at=NOON)
    assert not is_blocked(by_id=village.ben.pk, person_id=eve.pk)
    given.delete()
    assert is_blocked(by_id=village.ben.pk, person_id=eve.pk)


def test_there_is_an_end_to_blocking(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST_BLOCKS", 1)
    block(member_id=number(join("eve")), by=village.ben, at=NOON)
    with pytest.raises(TooManyBlocks):
        block(member_id=number(join("fay")), by=village.ben, at=NOON)


def test_nothing_tells_of_a_block(village: Village) -> None:
    eve = join("eve")
    before = len(list(pull("community", most=10_000)))
    block(member_id=number(eve), by=village.ben, at=NOON)
    choose_who_may_write(who="nobody", by=village.ben)
    assert len(list(pull("community", most=10_000))) == before
    tables = {each.table: each.rows.count() for each in held(eve)}
    assert tables["conversation.Block"] == 0, "what we hold of Eve does not say that she is blocked"
    assert {each.table: each.rows.count() for each in held(village.ben)}["conversation.Block"] == 1


def test_it_goes_with_either_of_them(village: Village) -> None:
    eve, fay = join("eve"), join("fay")
    block(member_id=number(eve), by=fay, at=NOON)
    block(member_id=number(fay), by=eve, at=NOON)
    erase_person(person=eve, by=village.ada, at=NOON)
    assert not Block.objects.exists()


def test_a_page_knows_whose_posts_to_fold_when_they_come_in(village: Village) -> None:
    eve, fay, sol = join("eve"), join("fay"), add_steward()
    block(member_id=number(eve), by=village.ben, at=NOON)
    topic = topic_in(space_for(village.ada), village.ben)
    for who, blocked in ((village.ben, f'data-blocked="{number(eve)}"'), (eve, None), (village.ada, None)):
        shown = browser(who).get(f"/inside/topics/{topic.pk}/").content.decode()
        assert (blocked or "data-blocked") in shown or blocked is None
        assert ("data-blocked" in shown) == (blocked is not None)
    block(member_id=number(fay), by=village.ben, at=NOON)
    Block.objects.create(person=village.ben, blocked=sol.pk, at=NOON)
    found = set((find_topic(topic.pk, village.ben.pk).blocked or "").split())
    assert found == {str(number(eve)), str(number(fay))}


def test_no_block_is_offered_of_a_steward_and_the_page_says_why(village: Village) -> None:
    sol, eve = add_steward(), join("eve")
    client = browser(village.ben)
    page = client.get(f"/inside/members/{number(sol)}/").content.decode()
    assert "looks after the whole community" in page
    assert "<span>Block</span>" not in page
    told = client.get(f"/account/blocks/{number(sol)}/").content.decode()
    assert "Who looks after the whole community cannot be blocked." in told
    assert 'class="button danger"' not in told
    other = client.get(f"/inside/members/{number(eve)}/").content.decode()
    assert "<span>Block</span>" in other
    assert "looks after the whole community" not in other
    assert 'class="button danger"' in client.get(f"/account/blocks/{number(eve)}/").content.decode()
