import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from porch.kit.addresses import NotAnAddress
from porch.people.identity.addresses import (
    AddressIsTaken,
    MainAddressStays,
    TooManyAddresses,
    give_address,
    make_main,
    sign_in_address,
    take_address,
)
from porch.people.identity.models import Person
from tests.people.hands import code_in_mail, letters, sign_in, throw_letters_away
from tests.village import Village, browser


def number(address: str) -> int:
    return int(EmailAddress.objects.get(email=address).pk)


def test_an_owner_without_an_address_gets_one(village: Village) -> None:
    ada = browser(village.ada)
    assert ada.post("/account/address/", {"address": "Ada@Example.org"}).status_code == 302
    assert not EmailAddress.objects.filter(email="ada@example.org").exists()
    assert ada.post("/account/address/code/", {"code": "WRONG"}).status_code == 422
    assert ada.post("/account/address/code/", {"code": code_in_mail()}).status_code == 302
    assert Person.objects.get(pk=village.ada.pk).email == "ada@example.org"
    assert letters()[-1].to_address == "ada@example.org"
    assert sign_in(browser(), "ada@example.org").status_code == 302


def test_a_second_address_opens_the_door_too_and_the_first_stays_the_main_one(village: Village) -> None:
    ben = browser(village.ben)
    ben.post("/account/address/", {"address": "ben@example.com"})
    ben.post("/account/address/code/", {"code": code_in_mail()})
    assert sorted(each.to_address for each in letters()[-2:]) == ["ben@example.com", "ben@example.org"]
    assert Person.objects.get(pk=village.ben.pk).email == "ben@example.org"
    assert sign_in(browser(), "ben@example.com").status_code == 302


def test_ben_does_not_learn_whether_ada_has_an_address(village: Village) -> None:
    give_address(person=village.ada, address="ada@example.org")
    pages = []
    for address in ("ada@example.org", "free@example.org"):
        ben = browser(village.ben)
        ben.post("/account/address/", {"address": address})
        assert ben.post("/account/address/code/", {"code": "WRONG"}).status_code == 422
        pages.append(ben.get("/account/address/code/").text.count(address))
    assert pages[0] == pages[1] > 0
    assert [each.to_address for each in letters()] == ["free@example.org"]


def test_an_address_taken_in_the_meantime_is_refused(village: Village) -> None:
    ben = browser(village.ben)
    ben.post("/account/address/", {"address": "new@example.org"})
    give_address(person=village.ada, address="new@example.org")
    assert ben.post("/account/address/code/", {"code": code_in_mail()}).status_code == 409
    assert EmailAddress.objects.get(email="new@example.org").user_id == village.ada.pk


def test_another_main_address(village: Village) -> None:
    give_address(person=village.ben, address="ben@example.com")
    browser(village.ben).post(f"/account/address/{number('ben@example.com')}/main/")
    assert Person.objects.get(pk=village.ben.pk).email == "ben@example.com"
    assert sorted(each.to_address for each in letters()) == ["ben@example.com", "ben@example.org"]


def test_a_removed_address_opens_nothing_and_is_told(village: Village) -> None:
    give_address(person=village.ben, address="ben@example.com")
    browser(village.ben).post(f"/account/address/{number('ben@example.com')}/removal/")
    assert sorted(each.to_address for each in letters()) == ["ben@example.com", "ben@example.org"]
    throw_letters_away()
    browser().post("/sign-in/", {"address": "ben@example.com"})
    assert letters() == []


def test_the_main_address_stays(village: Village) -> None:
    with pytest.raises(MainAddressStays):
        take_address(person=village.ben, number=number("ben@example.org"))


@pytest.mark.parametrize("what", ["main", "removal"])
def test_nobody_touches_another_s_address(village: Village, what: str) -> None:
    give_address(person=village.ben, address="ben@example.com")
    for number_of in ("ben@example.com", "ben@example.org"):
        assert browser(village.dov).post(f"/account/address/{number(number_of)}/{what}/").status_code == 404
    assert EmailAddress.objects.filter(user_id=village.ben.pk).count() == 2


def test_five_are_as_many_as_one_can_have(village: Village) -> None:
    for n in range(4):
        give_address(person=village.ben, address=f"ben{n}@example.org")
    with pytest.raises(TooManyAddresses):
        give_address(person=village.ben, address="ben5@example.org")


def test_an_address_is_one_person_s_whatever_its_case(village: Village) -> None:
    with pytest.raises(AddressIsTaken):
        give_address(person=village.dov, address="ben@example.org")
    for address in ("ben@example.org", "BEN@example.org"):
        with pytest.raises(IntegrityError), transaction.atomic():
            EmailAddress.objects.create(user_id=village.dov.pk, email=address, verified=False)


def test_making_one_the_main_one_twice_changes_nothing(village: Village) -> None:
    for _ in range(2):
        make_main(person=village.ben, number=number("ben@example.org"))
    assert EmailAddress.objects.get(primary=True, user_id=village.ben.pk).email == "ben@example.org"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Ben@Example.ORG", "ben@example.org"),
        ("  ben+x@example.org\n", "ben+x@example.org"),
        ("ben@bücher.example", "ben@xn--bcher-kva.example"),
        ("ben@BÜCHER.example", "ben@xn--bcher-kva.example"),
        ("ben@bu\u0308cher.example", "ben@xn--bcher-kva.example"),
    ],
)
def test_an_address_has_one_spelling(typed: str, kept: str) -> None:
    assert sign_in_address(typed) == kept
    assert sign_in_address(kept) == kept


@pytest.mark.parametrize(
    "typed",
    ["", "ben", "@", "ben@", "ben@localhost@", "b\u0131n@example.org", "ben@" + "a" * 300 + ".org",
     "a" * 250 + "@b.org",
     "ben@example..org", "ben@\x00.org", "ben@example.org, x@example.org", "Ben <ben@example.org>", "ben@[127.0.0.1"],
)  # fmt: skip
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(NotAnAddress):
        sign_in_address(typed)
