"""The door: grounds are asked for each time, and cannot be made up."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from porch.engine.outbox.models import Delivery, DeliveryBody
from porch.engine.outbox.states import Priority, State
from porch.kit.addresses import NotAnAddress
from porch.people.consent.actions import withdraw_consent
from porch.people.consent.grounds import ConsentStands, NoConsent, grounds_for
from porch.people.consent.models import Proof
from porch.people.consent.subjects import address_subject, person_subject
from porch.people.delivery.actions import send
from porch.people.delivery.grounds import UNASKED, Reason, Transactional
from porch.people.delivery.letters import Letter
from porch.people.suppression.actions import suppress
from porch.people.suppression.models import Reason as Why
from tests.people.delivery.conftest import Stage
from tests.people.delivery.letters import SECRET, TEST, fresh, say_yes, send_test
from tests.people.mails import opened
from tests.village import NOON, Village

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("grounds", [None, "sign-in code", Reason.TEST_MAIL, object(), True])
def test_without_grounds_nothing_is_sent(grounds: Any) -> None:
    with pytest.raises(TypeError):
        send(TEST, to="cleo@example.org", grounds=grounds, at=NOON)
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("reason", ["test mail", None, "because"])
def test_a_reason_of_ones_own_is_none(reason: Any) -> None:
    with pytest.raises(TypeError):
        Transactional(reason)


def test_a_consent_of_ones_own_making_is_none() -> None:
    with pytest.raises(TypeError):
        ConsentStands(1, "person:1", "member-letter", "")


@pytest.mark.parametrize("kind", [Transactional, ConsentStands])
def test_there_are_no_other_kinds_of_grounds(kind: Any) -> None:
    with pytest.raises(TypeError):
        type("Mine", (kind,), {})


def test_a_consent_that_was_forged_past_its_seal_is_found_out_by_the_ledger(village: Village) -> None:
    real = say_yes(person_subject(village.ben), "member-letter")
    forged = replace(real, consent_id=99, subject=f"person:{village.dov.pk}")
    row = send(TEST, to="ben@example.org", grounds=forged, at=NOON)
    assert (row.state, row.reason) == (State.EXCLUDED, "withdrawn")


def test_who_has_not_agreed_gives_no_grounds(village: Village) -> None:
    with pytest.raises(NoConsent):
        grounds_for(person_subject(village.ben), "member-letter")


def test_a_consent_is_good_for_its_own_address_alone(village: Village) -> None:
    grounds = say_yes(person_subject(village.ben), "member-letter")
    with pytest.raises(NoConsent):
        send(TEST, to="dov@example.org", grounds=grounds, at=NOON)


def test_grounds_that_have_gone_stale_send_nothing(village: Village, stage: Stage) -> None:
    stage()
    ben = person_subject(village.ben)
    grounds = say_yes(ben, "member-letter")
    withdraw_consent(
        subject=ben, purpose="member-letter", source="test", proof=Proof.SESSION, by=None, at=NOON
    )
    assert send(TEST, to="ben@example.org", grounds=grounds, at=NOON).state == State.EXCLUDED


def test_without_a_server_a_letter_is_kept() -> None:
    row = send_test()
    assert row.state == State.KEPT
    assert opened(row)["To"] == "cleo@example.org"
    assert not DBTaskResult.objects.exists()


def test_a_job_comes_with_the_row_or_not_at_all(stage: Stage) -> None:
    stage()
    with transaction.atomic():
        send_test()
        transaction.set_rollback(True)
    assert not Delivery.objects.exists()
    assert not DBTaskResult.objects.exists()
    row = send_test()
    (job,) = DBTaskResult.objects.all()
    assert job.args_kwargs["args"] == [row.pk]


def test_a_code_goes_before_a_letter(stage: Stage, village: Village) -> None:
    stage()
    send(TEST, to="ben@example.org", grounds=say_yes(person_subject(village.ben), "member-letter"), at=NOON)
    send(SECRET, to="ben@example.org", grounds=Transactional(Reason.SIGN_IN_CODE), at=NOON)
    assert [job.priority for job in DBTaskResult.objects.all()] == [Priority.PROMPT, Priority.NORMAL]


@pytest.mark.parametrize("reason", list(Why))
@pytest.mark.parametrize("grounds", list(Reason))
def test_needed_mail_stops_only_where_its_owner_said_so(grounds: Reason, reason: Why) -> None:
    suppress(address="cleo@example.org", reason=reason, at=NOON)
    row = send(TEST, to="Cleo@Example.org", grounds=Transactional(grounds), at=NOON)
    stops = reason is Why.COMPLAINT or grounds in UNASKED
    assert row.state == (State.EXCLUDED if stops else State.KEPT)
    assert row.reason == (reason.value if stops else "")


@pytest.mark.parametrize("reason", list(Why))
@pytest.mark.parametrize("scope", ["", "news"])
def test_a_letter_that_needs_a_yes_stops_for_every_suppression(reason: Why, scope: str) -> None:
    grounds = say_yes(address_subject("cleo@example.org"), "news")
    suppress(address="cleo@example.org", reason=reason, scope=scope, at=NOON)
    row = send(TEST, to="cleo@example.org", grounds=grounds, at=NOON)
    assert (row.state, row.reason) == (State.EXCLUDED, reason.value)


def test_a_secret_that_is_left_out_is_not_kept_either() -> None:
    suppress(address="cleo@example.org", reason=Why.COMPLAINT, at=NOON)
    send_test(letter=SECRET)
    assert not DeliveryBody.objects.exists()


def test_a_suppression_for_one_thing_lets_the_others_pass(village: Village) -> None:
    suppress(address="ben@example.org", reason=Why.WITHDRAWN, scope="news", at=NOON)
    grounds = say_yes(person_subject(village.ben), "member-letter")
    assert send(TEST, to="ben@example.org", grounds=grounds, at=NOON).state == State.KEPT


def test_under_another_key_nothing_goes_out_that_needs_a_yes(village: Village, settings: Any) -> None:
    suppress(address="somebody@example.org", reason=Why.COMPLAINT, at=NOON)
    settings.SECRET_KEY = "another key, made because nobody thought of the suppressions"
    grounds = say_yes(person_subject(village.ben), "member-letter")
    row = send(TEST, to="ben@example.org", grounds=grounds, at=NOON)
    assert (row.state, row.reason) == (State.EXCLUDED, "suppressions-unreadable")
    assert send_test().state == State.KEPT, "codes still go out"


@pytest.mark.parametrize("to", ["", "nobody", "a@b.c\nBcc: dov@example.org", "a@b.c,d@e.f"])
def test_what_is_no_address_gets_nothing(to: str) -> None:
    with pytest.raises(NotAnAddress):
        send_test(to)
    assert not Delivery.objects.exists()


def test_only_what_stands_on_a_yes_has_a_stop_link(village: Village) -> None:
    letter = opened(
        send(
            TEST,
            to="ben@example.org",
            grounds=say_yes(person_subject(village.ben), "member-letter"),
            at=NOON,
        )
    )
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["List-Unsubscribe"].startswith("<http://localhost:8000/stop/")
    assert letter["Auto-Submitted"] is None
    needed = opened(send_test())
    assert needed["List-Unsubscribe"] is None
    assert needed["Auto-Submitted"] == "auto-generated"


def test_what_is_kept_of_a_subject_is_one_clean_line() -> None:
    row = send_test(letter=Letter("people/delivery/mail/test", subject="  One\u200b   line "))
    assert fresh(row).subject == "One line"
