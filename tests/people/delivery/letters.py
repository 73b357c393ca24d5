"""Letters for the tests, and how one is carried out as a worker would, at a time of the test's choosing."""

from datetime import datetime

from porch.engine.outbox.models import Delivery
from porch.engine.outbox.states import State
from porch.people.consent.actions import give_consent
from porch.people.consent.grounds import ConsentStands, grounds_for
from porch.people.consent.models import Proof
from porch.people.consent.subjects import Subject
from porch.people.delivery.actions import send
from porch.people.delivery.carrying import carry_out
from porch.people.delivery.grounds import Reason, Transactional
from porch.people.delivery.letters import Letter
from tests.village import NOON

TEST = Letter("people/delivery/mail/test")
SECRET = Letter("people/delivery/mail/test", is_secret=True)
NEEDED = Transactional(Reason.TEST_MAIL)


def send_test(to: str = "cleo@example.org", *, letter: Letter = TEST, at: datetime = NOON) -> Delivery:
    return send(letter, to=to, grounds=NEEDED, at=at)


def carry(row: Delivery, at: datetime = NOON) -> State | None:
    return carry_out(row.pk, clock=lambda: at)


def fresh(row: Delivery) -> Delivery:
    return Delivery.objects.get(pk=row.pk)


def say_yes(subject: Subject, purpose: str, at: datetime = NOON) -> ConsentStands:
    give_consent(
        subject=subject, purpose=purpose, wording=1, source="test", proof=Proof.SESSION, by=None, at=at
    )
    return grounds_for(subject, purpose)
