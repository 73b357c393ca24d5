import pytest

from tests.people.hands import is_in
from tests.village import Village, browser

RIGHT = "correct horse battery"


@pytest.fixture
def house(village: Village) -> Village:
    village.ben.set_password(RIGHT)
    village.ben.save()
    return village


def try_it(address: str, password: str):  # type: ignore[no-untyped-def]
    client = browser()
    return client, client.post("/sign-in/password/", {"address": address, "password": password})


def test_ben_comes_in_by_his_password(house: Village) -> None:
    client, answer = try_it("Ben@Example.org", RIGHT)
    assert answer.headers["Location"] == "/inside/"
    assert is_in(client)


@pytest.mark.parametrize(
    ("address", "password"),
    [
        ("ben@example.org", "wrong"),
        ("nobody@example.org", RIGHT),
        ("dov@example.org", ""),
        ("dov@example.org", RIGHT),
    ],
)
def test_every_way_of_being_wrong_gets_one_answer(house: Village, address: str, password: str) -> None:
    client, answer = try_it(address, password)
    assert answer.status_code == 422
    assert "do not belong together" in answer.text
    assert not is_in(client)


def test_somebody_shut_out_gets_the_same(house: Village) -> None:
    house.ben.is_active = False
    house.ben.save()
    client, answer = try_it("ben@example.org", RIGHT)
    assert answer.status_code == 422
    assert not is_in(client)


def test_the_eleventh_guess_is_not_looked_at(house: Village) -> None:
    for _ in range(10):
        try_it("ben@example.org", "wrong")
    for address in ("ben@example.org", "nobody@example.org"):
        for _ in range(10):
            try_it(address, "wrong") if address.startswith("nobody") else None
        client, answer = try_it(address, RIGHT)
        assert answer.status_code == 429
        assert "Try again in" in answer.text
        assert not is_in(client)
