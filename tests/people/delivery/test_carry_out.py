"""What becomes of a mail, whatever the server does."""

from datetime import timedelta

import pytest

from porch.engine.outbox.models import DeliveryBody
from porch.engine.outbox.reads import account
from porch.engine.outbox.states import SPACING, Priority, State
from porch.people.consent.actions import withdraw_consent
from porch.people.consent.models import Proof
from porch.people.consent.subjects import address_subject, person_subject
from porch.people.delivery.actions import send
from porch.people.suppression.actions import suppress
from porch.people.suppression.models import Reason as Why
from porch.people.suppression.reads import suppressions_of
from tests.people.delivery.conftest import Stage
from tests.people.delivery.letters import SECRET, TEST, carry, fresh, say_yes, send_test
from tests.village import NOON, Village

pytestmark = pytest.mark.django_db


def test_what_the_server_takes_is_accepted(stage: Stage) -> None:
    server, row = stage(), send_test()
    assert carry(row) == State.ACCEPTED
    (got,) = server.got
    assert (got.to, got.message["To"]) == ("cleo@example.org", "cleo@example.org")
    assert fresh(row).answer == "250 2.0.0 taken"


def test_what_was_accepted_is_not_sent_again(stage: Stage) -> None:
    server, row = stage(), send_test()
    carry(row)
    assert carry(row, NOON + timedelta(days=1)) is None
    assert len(server.got) == 1


@pytest.mark.parametrize(
    ("manners", "reason"),
    [
        ({"greeting": "421 busy"}, "server-busy"),
        ({"greeting": ""}, "server-unreachable"),
        ({"mail": "451 not now"}, "sender-refused"),
        ({"rcpt": "450 4.2.0 greylisted"}, "recipient-refused"),
        ({"rcpt": ""}, "connection-lost"),
        ({"data": "451 not now"}, "content-refused"),
        ({"data": ""}, "connection-lost"),
        ({"end": "452 full"}, "content-refused"),
    ],
)
def test_not_now_is_tried_again_later(manners: dict[str, str], reason: str, stage: Stage) -> None:
    server, row = stage(**manners), send_test()
    assert carry(row) == State.QUEUED
    row = fresh(row)
    assert (row.reason, row.attempts) == (reason, 1)
    assert row.next_try_at
    assert row.next_try_at > NOON
    assert carry(row) is None, "not before its time"
    server.manners.__init__()  # type: ignore[misc]
    assert carry(row, row.next_try_at) == State.ACCEPTED


def test_a_server_that_is_not_there_is_tried_again(stage: Stage) -> None:
    stage().close()
    assert carry(row := send_test()) == State.QUEUED
    assert fresh(row).reason == "server-unreachable"


def test_it_is_given_up_in_the_end(stage: Stage) -> None:
    stage(rcpt="450 never now")
    row, at = send_test(), NOON
    for _ in SPACING[Priority.PROMPT]:
        assert carry(row, at) == State.QUEUED
        at = fresh(row).next_try_at or at
    assert carry(row, at) == State.FAILED
    assert (fresh(row).reason, fresh(row).answer) == ("recipient-refused", "450 never now")


@pytest.mark.parametrize(
    ("manners", "reason", "is_suppressed"),
    [
        ({"rcpt": "550 5.1.1 no such mailbox"}, "recipient-refused", True),
        ({"rcpt": "550 nobody here"}, "recipient-refused", True),
        ({"rcpt": "550 5.7.1 we do not like you"}, "recipient-refused", False),
        ({"rcpt": "554 5.7.1 relaying denied"}, "recipient-refused", False),
        ({"mail": "550 5.1.8 bad sender"}, "sender-refused", False),
        ({"end": "554 5.6.0 looks like spam"}, "content-refused", False),
    ],
)
def test_no_is_final_and_a_mailbox_that_is_gone_is_suppressed(
    manners: dict[str, str], reason: str, is_suppressed: bool, stage: Stage
) -> None:
    stage(**manners)
    assert carry(row := send_test()) == State.FAILED
    assert fresh(row).reason == reason
    assert bool(suppressions_of("Cleo@example.org")) is is_suppressed


@pytest.mark.parametrize("manners", [{"end": ""}, {"cut_after": 50}])
def test_silence_after_the_mail_is_uncertain_and_nothing_is_repeated(
    manners: dict[str, object], stage: Stage
) -> None:
    server, row = stage(**manners), send_test()
    assert carry(row) == State.UNCERTAIN
    server.manners.__init__()  # type: ignore[misc]
    assert carry(row, NOON + timedelta(days=2)) is None
    assert len(server.got) <= 1


def test_whoever_stops_while_a_mail_waits_does_not_get_it(stage: Stage, village: Village) -> None:
    server, ben = stage(), person_subject(village.ben)
    row = send(TEST, to="ben@example.org", grounds=say_yes(ben, "member-letter"), at=NOON)
    withdraw_consent(
        subject=ben, purpose="member-letter", source="test", proof=Proof.SESSION, by=village.ben, at=NOON
    )
    assert carry(row) is None
    assert (fresh(row).state, fresh(row).reason) == (State.EXCLUDED, "withdrawn")
    assert server.got == []


def test_whoever_has_another_address_by_now_does_not_get_it_at_the_old_one(
    stage: Stage, village: Village
) -> None:
    server, ben = stage(), person_subject(village.ben)
    row = send(TEST, to="ben@example.org", grounds=say_yes(ben, "member-letter"), at=NOON)
    village.ben.email = "ben@elsewhere.example"
    village.ben.save()
    assert carry(row) is None
    assert fresh(row).reason == "withdrawn"
    assert server.got == []


def test_what_is_suppressed_while_it_waits_is_left_out(stage: Stage) -> None:
    server = stage()
    row = send(
        TEST,
        to="cleo@example.org",
        grounds=say_yes(address_subject("cleo@example.org"), "news"),
        at=NOON,
    )
    suppress(address="CLEO@example.org", reason=Why.BOUNCED, at=NOON)
    assert carry(row) is None
    assert (fresh(row).state, fresh(row).reason) == (State.EXCLUDED, "bounced")
    assert server.got == []


def test_the_body_of_a_secret_goes_with_its_acceptance(stage: Stage) -> None:
    stage()
    kept, wiped = send_test(), send_test(letter=SECRET)
    carry(kept)
    carry(wiped)
    assert [each.delivery_id for each in DeliveryBody.objects.all()] == [kept.pk]


def test_every_candidate_is_accounted_for(stage: Stage) -> None:
    server = stage()
    rows = [send_test(f"c{n}@example.org") for n in range(6)]
    suppress(address="x@example.org", reason=Why.COMPLAINT, at=NOON)
    send_test("x@example.org")
    endings = ["250 fine", "550 no", "450 later", "", "250 fine"]
    for row, end in zip(rows, endings, strict=False):
        server.manners.end = end
        carry(row)
    found = account(carrier="mail")
    assert (found.accepted, found.failed, found.uncertain, found.excluded, found.still_open) == (
        2,
        1,
        1,
        1,
        2,
    )
    assert found.candidates == 7
    assert found.adds_up
