from django.test import Client

from porch.bridge.door_sign.actions import put_up_sign, take_down_sign
from porch.engine.facts.pull import pull
from tests.village import NOON, Village


def test_without_the_sign_nobody_outside_learns_how_many_belong(cleo: Client) -> None:
    assert "2 members" not in cleo.get("/").text


def test_the_sign_says_how_many_belong_and_no_name(village: Village, cleo: Client) -> None:
    put_up_sign(by=village.ada, at=NOON)
    page = cleo.get("/").text
    assert "2 members" in page
    assert "Ben" not in page


def test_taking_it_down_undoes_it(village: Village, cleo: Client) -> None:
    put_up_sign(by=village.ada, at=NOON)
    take_down_sign(by=village.ada, at=NOON)
    assert "2 members" not in cleo.get("/").text


def test_doing_it_twice_is_one_fact(village: Village) -> None:
    for _ in range(2):
        put_up_sign(by=village.ada, at=NOON)
    for _ in range(2):
        take_down_sign(by=village.ada, at=NOON)
    assert [fact.ids["is_up"] for fact in pull("audience")] == [True, False]


def test_the_switch_at_the_desk_works_both_ways(ada: Client, cleo: Client) -> None:
    ada.post("/desk/bridge/door-sign/", {"up": "yes"})
    assert "2 members" in cleo.get("/").text
    ada.post("/desk/bridge/door-sign/", {"up": "no"})
    assert "2 members" not in cleo.get("/").text
