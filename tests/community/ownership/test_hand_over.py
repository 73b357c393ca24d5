"""The ownership goes to another only once they accept, within 14 days; both read of each step."""

from datetime import datetime, timedelta

import pytest
from django.db import connection

from porch.community.membership.models import Member
from porch.community.ownership.actions import (
    NotAnOwner,
    OfferIsOpen,
    OfferIsOver,
    OwnsItAlready,
    accept,
    decline,
    hand_over,
    withdraw,
)
from porch.community.ownership.models import OwnershipOffer, State
from porch.community.roles.actions import give_role, take_role
from porch.engine.audit.models import AuditEntry
from porch.engine.facts.pull import pull
from porch.engine.outbox.models import Delivery
from porch.kit.refusals import NotFound
from porch.kit.time import now
from porch.people.identity.actions import issue_sign_in_link
from porch.people.identity.addresses import give_address
from porch.people.identity.models import Person
from tests.community.circles.making import member_of
from tests.community.roles.giving import holders, owner_role
from tests.engine.promises.owing import at_once
from tests.people.mails import text_of
from tests.village import NOON, Village, add_person, add_steward, browser, build_village

MICROSECOND = timedelta(microseconds=1)
LATEST = NOON + timedelta(days=14)


def offer(village: Village, at: datetime = NOON) -> OwnershipOffer:
    return hand_over(to=member_of(village.ben), by=village.ada, at=at)


def state(offer: OwnershipOffer) -> str:
    return OwnershipOffer.objects.get(pk=offer.pk).state


def facts() -> list[str]:
    return [fact.kind for fact in pull("community", most=10_000) if fact.kind.startswith("Ownership")]


def test_nothing_changes_until_it_is_accepted(village: Village) -> None:
    made = offer(village)
    assert holders(owner_role()) == {village.ada.name}
    accept(offer=made, by=village.ben, at=NOON)
    assert holders(owner_role()) == {village.ben.name}
    assert state(made) == State.ACCEPTED
    assert facts() == ["OwnershipOffered", "OwnershipAccepted"]
    offered, accepted = AuditEntry.objects.filter(act__startswith="ownership-").order_by("pk")
    assert (offered.by_id, offered.about_id) == (village.ada.pk, village.ben.pk)
    assert (accepted.by_id, accepted.about_id) == (village.ben.pk, village.ada.pk)


def test_both_get_a_letter_about_each_step(village: Village) -> None:
    give_address(person=village.ada, address="ada@example.org")
    for answer, by, words in (
        (decline, village.ben, "has declined"),
        (withdraw, village.ada, "took back"),
        (accept, village.ben, "has accepted"),
    ):
        Delivery.objects.all().delete()
        answer(offer=offer(village), by=by, at=NOON)
        letters = list(Delivery.objects.order_by("pk"))
        assert [each.to_address for each in letters] == ["ada@example.org", "ben@example.org"] * 2
        assert "The offer stands until 16 Mar 2026, 12:00 UTC." in text_of(letters[1])
        assert any(words in text_of(each) for each in letters[2:])


@pytest.mark.parametrize("who", ["ben", "dov", "sol"])
def test_only_an_owner_offers_it(village: Village, who: str) -> None:
    person = add_steward() if who == "sol" else getattr(village, who)
    with pytest.raises(NotAnOwner):
        hand_over(to=member_of(village.ada), by=person, at=NOON)


def test_it_is_offered_to_somebody_else_who_is_there(village: Village) -> None:
    with pytest.raises(OwnsItAlready):
        hand_over(to=member_of(village.ada), by=village.ada, at=NOON)
    ben = member_of(village.ben)
    Person.objects.filter(pk=village.ben.pk).update(is_active=False)
    with pytest.raises(NotFound):
        offer(village)
    Person.objects.filter(pk=village.ben.pk).update(is_active=True)
    Member.objects.filter(pk=ben.pk).update(left_at=NOON)
    with pytest.raises(NotFound):
        offer(village)


@pytest.mark.parametrize("who", ["ada", "dov", "sol"])
def test_nobody_answers_for_another(village: Village, who: str) -> None:
    person, made = add_steward() if who == "sol" else getattr(village, who), offer(village)
    for answer in (accept, decline):
        with pytest.raises(NotFound):
            answer(offer=made, by=person, at=NOON)
    assert state(made) == State.OFFERED


def test_only_who_offered_takes_it_back(village: Village) -> None:
    made = offer(village)
    with pytest.raises(NotFound):
        withdraw(offer=made, by=village.ben, at=NOON)
    withdraw(offer=made, by=village.ada, at=NOON)
    with pytest.raises(OfferIsOver):
        accept(offer=made, by=village.ben, at=NOON)


def test_an_offer_ends_after_14_days_to_the_moment(village: Village) -> None:
    made = offer(village)
    for answer, by in ((accept, village.ben), (decline, village.ben), (withdraw, village.ada)):
        with pytest.raises(OfferIsOver):
            answer(offer=made, by=by, at=LATEST)
    accept(offer=made, by=village.ben, at=LATEST - MICROSECOND)
    assert holders(owner_role()) == {village.ben.name}


def test_one_offer_at_a_time_and_another_once_it_is_over(village: Village) -> None:
    made = offer(village)
    with pytest.raises(OfferIsOpen):
        offer(village, at=LATEST - MICROSECOND)
    second = offer(village, at=LATEST)
    assert (state(made), state(second)) == (State.EXPIRED, State.OFFERED)


def test_who_is_no_owner_any_more_has_nothing_to_hand_over(village: Village) -> None:
    made, sol = offer(village), add_steward()
    give_role(role=owner_role(), member=member_of(sol), by=village.ada, at=NOON)
    take_role(role=owner_role(), member=member_of(village.ada), by=sol, at=NOON)
    with pytest.raises(OfferIsOver):
        accept(offer=made, by=village.ben, at=NOON)
    assert holders(owner_role()) == {"Sol"}


def test_who_was_made_an_owner_meanwhile_still_takes_the_other_s_place(village: Village) -> None:
    made = offer(village)
    give_role(role=owner_role(), member=member_of(village.ben), by=village.ada, at=NOON)
    accept(offer=made, by=village.ben, at=NOON)
    assert holders(owner_role()) == {village.ben.name}


def test_it_is_offered_and_accepted_on_the_page_of_one_s_rights(village: Village) -> None:
    ada, ben = browser(village.ada), browser(village.ben)
    assert "manage-circles" not in ben.get("/account/rights/").content.decode()
    ada.post("/account/rights/ownership/", {"who": "Ben"})
    made = OwnershipOffer.objects.get()
    answer = f"/account/rights/ownership/{made.pk}/answer/"
    assert "offers you the ownership" in ben.get("/account/rights/").content.decode()
    assert browser(village.dov).post(answer, {"way": "accept"}).status_code == 404
    assert browser(village.ben, recent=False).post(answer, {"way": "accept"}).status_code == 403
    assert ben.post(answer, {"way": "sell"}).status_code == 422
    assert ben.post(answer, {"way": "accept"}).status_code == 302
    assert "everything that can be done" in ben.get("/account/rights/").content.decode()
    assert "no rights beyond" in ada.get("/account/rights/").content.decode()


def test_whoever_is_offered_it_reads_so_first_inside_until_it_is_answered(village: Village) -> None:
    made = offer(village, at=now())
    assert (
        f"{village.ada.name} offers you the ownership"
        in browser(village.ben).get("/inside/").content.decode()
    )
    assert "offers you the ownership" not in browser(village.ada).get("/inside/").content.decode()
    decline(offer=made, by=village.ben, at=now())
    assert "offers you the ownership" not in browser(village.ben).get("/inside/").content.decode()


def test_an_owner_without_an_address_hands_over_too(village: Village) -> None:
    assert village.ada.email is None
    offer(village)
    assert list(Delivery.objects.values_list("to_address", flat=True)) == ["ben@example.org"]
    assert issue_sign_in_link(person=village.ada, at=now())


@pytest.mark.django_db(transaction=True)
def test_accepted_and_taken_back_at_once_is_one_of_the_two() -> None:
    village = build_village()
    made = offer(village)
    came = at_once(
        lambda: accept(offer=made, by=village.ben, at=NOON),
        lambda: withdraw(offer=made, by=village.ada, at=NOON),
    )
    assert sorted(type(each).__name__ for each in came) == ["OfferIsOver", "OwnershipOffer"]
    expected = village.ben if state(made) == State.ACCEPTED else village.ada
    assert holders(owner_role()) == {expected.name}
    assert add_person("eve")
    connection.close()
