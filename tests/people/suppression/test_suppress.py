from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from porch.kit.refusals import NotAllowed
from porch.people.identity.operators import appoint_operator
from porch.people.suppression.actions import OnlyThePersonLifts, suppress, take_back
from porch.people.suppression.hashing import hash_address, key_in_use
from porch.people.suppression.models import Reason, Suppression
from porch.people.suppression.reads import are_unreadable, suppressions_of, why_suppressed
from tests.village import NOON, Village

MINUTE = timedelta(minutes=1)


def test_an_address_is_recognised_in_any_spelling(db: None) -> None:
    suppress(address="Cleo@BÜCHER.example", reason=Reason.BOUNCED, at=NOON)
    assert why_suppressed("cleo@xn--bcher-kva.example", "news") == Reason.BOUNCED
    assert why_suppressed("dov@bücher.example", "news") is None


def test_what_is_kept_names_nobody(db: None) -> None:
    suppress(address="cleo@example.org", reason=Reason.ERASED, at=NOON)
    kept = str(Suppression.objects.values().get())
    assert "cleo" not in kept
    assert "example" not in kept


def test_the_first_since_stays(db: None) -> None:
    suppress(address="cleo@example.org", reason=Reason.BOUNCED, at=NOON)
    suppress(address="cleo@example.org", reason=Reason.BOUNCED, at=NOON + MINUTE)
    (row,) = suppressions_of("cleo@example.org")
    assert row.since == NOON


def test_each_reason_stands_for_itself(db: None) -> None:
    suppress(address="cleo@example.org", reason=Reason.BOUNCED, at=NOON)
    assert why_suppressed("cleo@example.org", None) is None
    suppress(address="cleo@example.org", reason=Reason.COMPLAINT, at=NOON + MINUTE)
    assert why_suppressed("cleo@example.org", None) == Reason.COMPLAINT


def test_another_key_makes_another_hash_and_says_so(db: None, settings: Any) -> None:
    suppress(address="cleo@example.org", reason=Reason.BOUNCED, at=NOON)
    before, key = hash_address("cleo@example.org"), key_in_use()
    assert not are_unreadable()
    settings.SECRET_KEY = "another key"
    assert hash_address("cleo@example.org") != before
    assert key_in_use() != key
    assert are_unreadable()


def test_a_slip_of_the_hand_is_undone_for_ten_minutes_by_whoever_slipped(village: Village) -> None:
    def slip() -> int:
        Suppression.objects.all().delete()
        return suppress(address="c@example.org", reason=Reason.OPERATOR, by=village.ada, at=NOON).pk

    appoint_operator(person=village.dov, by=village.ada, at=NOON)
    for by, at in [
        (village.ada, NOON + 10 * MINUTE),
        (village.dov, NOON + MINUTE),
        (village.ada, NOON - MINUTE),
    ]:
        with pytest.raises(OnlyThePersonLifts):
            take_back(suppression_id=slip(), by=by, at=at)
    take_back(suppression_id=slip(), by=village.ada, at=NOON + MINUTE)
    assert not Suppression.objects.exists()


@pytest.mark.parametrize("who", ["ben", "dov"])
def test_only_operators_stop_mail_by_hand(village: Village, who: str) -> None:
    by = village.cast()[who]
    slip = suppress(address="c@example.org", reason=Reason.OPERATOR, by=village.ada, at=NOON)
    with pytest.raises(NotAllowed):
        suppress(address="d@example.org", reason=Reason.OPERATOR, by=by, at=NOON)
    with pytest.raises(NotAllowed):
        take_back(suppression_id=slip.pk, by=by, at=NOON + MINUTE)
    assert Suppression.objects.get() == slip


@pytest.mark.parametrize("reason", [each for each in Reason if each != Reason.OPERATOR])
def test_what_people_did_themselves_is_not_an_operators_to_undo(village: Village, reason: Reason) -> None:
    row = suppress(address="c@example.org", reason=reason, by=village.ada, at=NOON)
    with pytest.raises(OnlyThePersonLifts):
        take_back(suppression_id=row.pk, by=village.ada, at=NOON + MINUTE)


@given(st.from_regex(r"[A-Za-z0-9.+_-]{1,20}", fullmatch=True))
def test_hashes_are_the_same_for_the_same_and_differ_for_others(local: str) -> None:
    local = "a" + local.replace(".", "") + "z"
    assert hash_address(f"{local.upper()}@example.org") == hash_address(f"{local.lower()}@Example.ORG")
    assert hash_address(f"{local}@example.org") != hash_address(f"{local}@example.com")
