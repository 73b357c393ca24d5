from dataclasses import replace
from datetime import timedelta

import pytest

from porch.engine.facts.pull import pull
from porch.people.consent import purposes
from porch.people.consent.actions import OtherBasis, OtherSubject, WithdrawnSince
from porch.people.consent.models import Consent, ConsentAddress, Proof
from porch.people.consent.purposes import BY_NAME, Basis, UnknownPurpose, UnknownWording, Wording
from porch.people.consent.subjects import Subject, address_subject, person_subject
from porch.people.suppression.actions import suppress
from porch.people.suppression.models import Reason
from porch.people.suppression.reads import suppressions_of, why_suppressed
from tests.people.consent.words import give, stands, stop
from tests.village import NOON, Village

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def ben(village: Village) -> Subject:
    return person_subject(village.ben)


@pytest.fixture
def cleo(db: None) -> Subject:
    return address_subject("cleo@example.org")


def test_a_yes_stands_with_everything_that_proves_it(ben: Subject, village: Village) -> None:
    row = give(ben, by=village.ben, source="account page")
    assert stands(ben)
    assert row.wording_hash == BY_NAME["member-letter"].current.hash
    assert (row.act, row.basis, row.wording, row.source, row.proof, row.at, row.by_person_id) == (
        "given",
        "consent",
        1,
        "account page",
        "session",
        NOON,
        village.ben.pk,
    )


def test_saying_it_twice_is_saying_it_once(ben: Subject) -> None:
    assert give(ben).pk == give(ben, at=LATER).pk
    assert Consent.objects.count() == 1


def test_a_yes_to_one_thing_is_none_to_another(ben: Subject) -> None:
    give(ben)
    assert not stands(ben, "news")


def test_a_yes_of_one_is_none_of_another(ben: Subject, village: Village) -> None:
    give(ben)
    assert not stands(person_subject(village.dov))


def test_yes_stop_and_yes_again_are_three_lines(ben: Subject) -> None:
    give(ben)
    stop(ben, at=LATER)
    give(ben, at=LATER + timedelta(seconds=1))
    assert stands(ben)
    assert Consent.objects.count() == 3


@pytest.mark.parametrize("wording", [0, 2, -1, 10**9])
def test_words_that_were_never_shown_are_refused(ben: Subject, wording: int) -> None:
    with pytest.raises(UnknownWording):
        give(ben, wording=wording)


@pytest.mark.parametrize("purpose", ["", "everything", "member_letter"])
def test_what_nobody_asks_for_is_refused(ben: Subject, purpose: str) -> None:
    with pytest.raises(UnknownPurpose):
        give(ben, purpose)


def test_another_basis_is_refused(ben: Subject) -> None:
    with pytest.raises(OtherBasis):
        give(ben, basis=Basis.LEGITIMATE_INTEREST)


def test_an_address_does_not_agree_for_a_person_nor_the_other_way_round(ben: Subject, cleo: Subject) -> None:
    with pytest.raises(OtherSubject):
        give(ben, "news")
    with pytest.raises(OtherSubject):
        give(cleo, "member-letter")


def test_a_withdrawal_at_the_same_instant_wins(ben: Subject) -> None:
    stop(ben)
    with pytest.raises(WithdrawnSince):
        give(ben)
    assert not stands(ben)


def test_an_older_yes_that_is_imported_changes_nothing(cleo: Subject) -> None:
    stop(cleo, "news")
    for proof in (Proof.IMPORT, Proof.OPERATOR):
        with pytest.raises(WithdrawnSince):
            give(cleo, "news", proof=proof, at=NOON - timedelta(days=100))
    assert not stands(cleo, "news")


def test_a_clock_set_back_does_not_lock_anybody_out(ben: Subject) -> None:
    stop(ben, at=NOON + timedelta(days=365))
    give(ben, at=NOON)
    assert stands(ben)


def test_words_that_mean_more_are_asked_anew(ben: Subject, monkeypatch: pytest.MonkeyPatch) -> None:
    give(ben)
    old = BY_NAME["member-letter"]
    more = replace(old, wordings=(*old.wordings, Wording(2, "Letters", "And calls.", asks_anew=True)))
    monkeypatch.setitem(purposes.BY_NAME, "member-letter", more)
    assert not stands(ben)
    with pytest.raises(UnknownWording):
        give(ben, wording=1, at=LATER)
    give(ben, wording=2, at=LATER)
    assert stands(ben)


def test_other_words_of_the_same_meaning_keep_a_yes(ben: Subject, monkeypatch: pytest.MonkeyPatch) -> None:
    give(ben)
    old = BY_NAME["member-letter"]
    again = replace(old, wordings=(*old.wordings, Wording(2, "Letters", "Said better.")))
    monkeypatch.setitem(purposes.BY_NAME, "member-letter", again)
    assert stands(ben)


def test_the_ledger_holds_no_address_and_the_side_table_does(cleo: Subject) -> None:
    row = give(cleo, "news")
    assert "cleo" not in str(Consent.objects.values().get(pk=row.pk))
    assert ConsentAddress.objects.get(subject=row.subject).address == "cleo@example.org"


def test_two_spellings_of_an_address_are_one(cleo: Subject) -> None:
    give(cleo, "news")
    assert stands(address_subject(" CLEO@Example.org"), "news")


def test_saying_yes_oneself_lifts_what_stopped_it(cleo: Subject) -> None:
    stop(cleo, "news")
    suppress(address="cleo@example.org", reason=Reason.ERASED, at=NOON)
    suppress(address="cleo@example.org", reason=Reason.BOUNCED, at=NOON)
    give(cleo, "news", at=LATER, proof=Proof.MAIL_LINK)
    assert why_suppressed("cleo@example.org", "news") is None
    assert why_suppressed("cleo@example.org", "member-letter") == Reason.ERASED
    assert {row.reason for row in suppressions_of("cleo@example.org")} == {"erased"}


@pytest.mark.parametrize("proof", [Proof.IMPORT, Proof.OPERATOR])
def test_what_somebody_else_says_lifts_nothing(cleo: Subject, proof: Proof) -> None:
    suppress(address="cleo@example.org", reason=Reason.COMPLAINT, at=NOON)
    give(cleo, "news", at=LATER, proof=proof)
    assert why_suppressed("cleo@example.org", "news") == Reason.COMPLAINT


def test_members_are_named_in_their_stream_and_readers_in_none(ben: Subject, cleo: Subject) -> None:
    row = give(ben)
    give(cleo, "news")
    (fact,) = [each for each in pull("community") if each.kind == "ConsentGiven"]
    assert fact.ids == {"consent_id": row.pk, "person_id": row.by_person_id or int(ben.name[7:])}
    (fact,) = [each for each in pull("audience") if each.kind == "YesGiven"]
    assert fact.ids == {}
