"""The pages of direct conversations."""

import pytest

from porch.conversation.blocks.actions import block
from porch.conversation.direct.changing import name_group
from porch.conversation.topics.models import Topic
from tests.conversation.direct.whispers import group, join, number, pair, write_to
from tests.conversation.talk import say, space_for, topic_in
from tests.village import NOON, Village, browser


def page(person: object, address: str) -> str:
    answer = browser(person).get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_the_list_is_empty_at_first(village: Village) -> None:
    assert "You talk with nobody directly yet" in page(village.ben, "/inside/direct/")


def test_it_is_called_by_the_name_of_the_other(village: Village) -> None:
    topic = pair(village.ben, village.ada)
    for person, other in ((village.ben, village.ada), (village.ada, village.ben)):
        assert other.name in page(person, "/inside/direct/")
        assert f"<h1>{other.name}</h1>" in page(person, f"/inside/topics/{topic.pk}/")


def test_a_group_is_called_by_the_names_of_the_others_or_its_own(village: Village) -> None:
    topic = group(village.ben, village.ada, join("eve"), join("fay"), join("gus"))
    assert f"{village.ada.name}, Eve and 2 others" in page(village.ben, "/inside/direct/")
    name_group(topic_id=topic.pk, name="Picnic", by=village.ada, at=NOON)
    assert "<h1>Picnic</h1>" in page(village.ben, f"/inside/topics/{topic.pk}/")
    assert "Picnic" in page(village.ben, "/inside/direct/")


def test_what_is_new_stands_first(village: Village) -> None:
    old, new = pair(village.ben, village.ada), pair(village.ben, join("eve"))
    say(new, village.ben)
    page(village.ada, f"/inside/topics/{old.pk}/")
    third = group(village.ada, village.ben, join("fay"))
    said = page(village.ben, "/inside/direct/")
    assert said.index(f"/inside/topics/{third.pk}/") < said.index(f"/inside/topics/{new.pk}/")
    assert "1 new" in said


def test_the_foot_says_who_reads_it(village: Village) -> None:
    topic = group(village.ben, village.ada, join("eve"))
    said = page(village.ben, f"/inside/topics/{topic.pk}/")
    assert "Only the 3 people in this conversation can read this. Stewards cannot." in said
    assert "Look after this topic" not in page(village.ada, f"/inside/topics/{topic.pk}/")


def test_one_finds_somebody_writes_and_goes_on_there(village: Village) -> None:
    join("eve")
    eve = number(join("evelyn"))
    ben = browser(village.ben)
    sought = ben.post(
        "/inside/direct/new/", {"do": "find", "name": "evel", "source": "Kept"}
    ).content.decode()
    assert f'value="{eve}"' not in sought or "Evelyn" in sought
    assert "Kept" in sought
    sent = ben.post("/inside/direct/new/", {"to": [eve], "source": "Hello"})
    topic = Topic.objects.get()
    assert sent["Location"] == f"/inside/topics/{topic.pk}/?page=1#p1"
    assert ben.get(f"/inside/direct/new/?to={eve}")["Location"] == f"/inside/topics/{topic.pk}/"


def test_a_refusal_gives_everything_back(village: Village) -> None:
    answer = browser(village.ben).post("/inside/direct/new/", {"source": "Hello"})
    assert answer.status_code == 422
    assert "You have chosen nobody" in answer.content.decode()
    assert "Hello" in answer.content.decode()


def test_who_is_blocked_keeps_their_words(village: Village) -> None:
    eve = join("eve")
    topic = pair(village.ben, eve)
    block(member_id=number(eve), by=village.ben, at=NOON)
    answer = browser(eve).post(f"/inside/topics/{topic.pk}/posts/", {"source": "Please read"})
    assert answer.status_code == 403
    assert "You cannot write to Ben here." in answer.content.decode()
    assert "Please read" in answer.content.decode()


def test_what_somebody_blocked_says_is_folded_for_the_blocker_alone(village: Village) -> None:
    eve = join("eve")
    topic = topic_in(space_for(village.ada), eve)
    block(member_id=number(eve), by=village.ben, at=NOON)
    assert "Somebody you blocked wrote this" in page(village.ben, f"/inside/topics/{topic.pk}/")
    for other in (village.ada, eve):
        assert "Somebody you blocked" not in page(other, f"/inside/topics/{topic.pk}/")


def test_members_leave_a_group_and_find_nothing(village: Village) -> None:
    eve = join("eve")
    topic = group(village.ben, village.ada, eve)
    address = f"/inside/direct/{topic.pk}/"
    assert "Leave the group" in page(eve, address)
    assert browser(eve).post(address, {"do": "leave"})["Location"] == "/inside/direct/"
    for there in (address, f"/inside/topics/{topic.pk}/"):
        assert browser(eve).get(there).status_code == 404
    assert "Left this conversation" in page(village.ben, address)


def test_a_group_is_named_on_its_page(village: Village) -> None:
    topic = group(village.ben, village.ada, join("eve"))
    browser(village.ada).post(f"/inside/direct/{topic.pk}/", {"do": "name", "name": "Picnic"})
    assert "Picnic" in page(village.ben, "/inside/direct/")


def test_marking_it_unread_leads_to_the_list(village: Village) -> None:
    topic = pair(village.ben, village.ada)
    answer = browser(village.ada).post(f"/inside/topics/{topic.pk}/reading/", {"from": "1"})
    assert answer["Location"] == "/inside/direct/"


def test_a_members_page_leads_to_writing_and_blocking(village: Village) -> None:
    said = page(village.ben, f"/inside/members/{number(village.ada)}/")
    assert f"/inside/direct/new/?to={number(village.ada)}" in said
    assert f"/account/blocks/{number(village.ada)}/" in said


@pytest.mark.parametrize("where", ["/inside/direct/new/?to=99999999999999999999", "/inside/direct/new/?to=x"])
def test_nonsense_chooses_nobody(village: Village, where: str) -> None:
    assert "Write to somebody" in page(village.ben, where)


def test_one_blocks_and_lifts_it(village: Village) -> None:
    eve, ben = number(join("eve")), browser(village.ben)
    assert "Block Eve" in ben.get(f"/account/blocks/{eve}/").content.decode()
    assert ben.post(f"/account/blocks/{eve}/")["Location"] == "/account/blocks/"
    listed = ben.get("/account/blocks/").content.decode()
    assert "Eve" in listed
    assert "<b>Eve</b>" not in browser(village.ada).get("/account/blocks/").content.decode()
    at = listed.split('name="block" value="')[1].split('"')[0]
    browser(village.ada).post("/account/blocks/", {"block": at})
    assert "Eve" in page(village.ben, "/account/blocks/")
    ben.post("/account/blocks/", {"block": at})
    assert "You have blocked nobody" in page(village.ben, "/account/blocks/")


def test_who_may_write_is_chosen_in_the_account(village: Village) -> None:
    browser(village.ben).post("/account/blocks/", {"who": "nobody"})
    answer = browser(join("eve")).post("/inside/direct/new/", {"to": [number(village.ben)], "source": "Hi"})
    assert answer.status_code == 403
    assert browser(village.ben).post("/account/blocks/", {"who": "all"}).status_code == 422


def test_stewards_are_not_blocked(village: Village) -> None:
    answer = browser(village.ben).post(f"/account/blocks/{number(village.ada)}/")
    assert answer.status_code == 409
    assert "cannot be blocked" in answer.content.decode()


def test_words_of_the_form_are_sent_under_a_key_once(village: Village) -> None:
    eve, ben = number(join("eve")), browser(village.ben)
    form = {"to": [eve, number(village.ada)], "source": "Hello", "sent_as": "key"}
    assert (
        ben.post("/inside/direct/new/", form)["Location"] == ben.post("/inside/direct/new/", form)["Location"]
    )


def test_nobody_is_found_twice(village: Village) -> None:
    assert write_to(village.ada, village.ada, by=village.ben).topic.posts == 1
