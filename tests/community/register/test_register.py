"""The page of the register: for stewards and whoever else has the right, and with the time of its counts."""

import pytest
from django.test import Client

from porch.community.roles.models import Role, RoleRight
from porch.people.erasure.holdings import HOLDINGS
from porch.people.holdings.counting import count_holdings
from porch.people.holdings.jobs import count_register
from porch.people.holdings.models import HoldingCount
from porch.web.inside.rooms import STEWARD_ROOMS
from tests.people.holdings.filling import labels
from tests.village import NOON, Village, add_steward, browser

PAGE = "/inside/register/"


@pytest.mark.parametrize(("who", "status"), [("ada", 200), ("ben", 404), ("cleo", 302), ("dov", 404)])
def test_only_who_has_the_right_sees_it(who: str, status: int, village: Village) -> None:
    assert browser(village.cast()[who]).get(PAGE).status_code == status


def test_stewards_have_the_right_and_members_may_be_given_it(village: Village) -> None:
    sol = browser(add_steward())
    assert sol.get(PAGE).status_code == 200
    RoleRight.objects.filter(role__key="steward", right="see-register").delete()
    assert sol.get(PAGE).status_code == 404
    RoleRight.objects.create(role=Role.objects.get(key="member"), right="see-register")
    assert browser(village.ben).get(PAGE).status_code == 200


def test_it_says_when_it_was_counted_and_what_of(village: Village, ada: Client) -> None:
    assert "Not counted yet." in ada.get(PAGE).text
    count_holdings(at=NOON)
    page = ada.get(PAGE).text
    assert "2026-03-02T12:00:00Z" in page
    for table in labels():
        assert f"<code>{table}</code>" in page
        assert str(HOLDINGS[table].purpose).split(",")[0].replace("'", "&#39;") in page
    assert "not counted: it names people only in texts" in page


def test_it_names_nobody(village: Village, ada: Client) -> None:
    count_holdings(at=NOON)
    page = ada.get(PAGE).text
    assert "Ben" not in page
    assert "example.org" not in page


def test_the_worker_counts_it(village: Village) -> None:
    count_register.call()
    assert HoldingCount.objects.get(table="people.Person").people == 3


def test_it_is_counted_by_hand_but_not_all_the_time(village: Village, ada: Client, ben: Client) -> None:
    assert ben.post(PAGE).status_code == 404
    assert "Asked for." in ada.post(PAGE, follow=True).text
    assert [ada.post(PAGE).status_code for _ in range(10)] == [302] * 9 + [429]


def test_it_stands_among_the_rooms_of_stewards() -> None:
    assert [room.right.name for room in STEWARD_ROOMS if room.url == "register"] == ["see-register"]
