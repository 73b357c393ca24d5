import pytest

from porch.people.identity.addresses import find_by_address, give_address, person_at
from porch.people.identity.names import find_person
from porch.people.identity.operators import shut_out
from porch.web.cli.sessions import find
from tests.village import NOON, Village, browser


@pytest.mark.parametrize("said", ["ben@example.org", " Ben@Example.ORG ", "ben@b\u00fccher.example"])
def test_somebody_is_found_by_each_of_their_addresses(village: Village, said: str) -> None:
    give_address(person=village.ben, address="ben@xn--bcher-kva.example")
    for look_up in (find_by_address, find_person, person_at, find):
        assert look_up(said) == village.ben


def test_somebody_is_found_by_their_number(village: Village) -> None:
    assert find_person(f" {village.dov.pk}") == village.dov


@pytest.mark.parametrize(
    "said", ["", "0", "9" * 30, "\u0663", "ben", "ben@example.org\x00", "a" * 999 + "@b.org"]
)
def test_what_leads_to_nobody_finds_nobody(village: Village, said: str) -> None:
    assert find_person(said) is None


def test_who_is_shut_out_is_known_and_does_not_come_in(village: Village) -> None:
    shut_out(person=village.ben, by=village.ada, reason="Spam.", at=NOON)
    assert find_person("ben@example.org") == village.ben
    assert person_at("ben@example.org") is None


def test_the_desk_finds_by_a_second_address_too(village: Village) -> None:
    give_address(person=village.dov, address="dov@example.com")
    assert "What erasing Dov would do" in browser(village.ada).get("/desk/erasures/?who=dov@example.com").text
