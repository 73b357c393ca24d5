"""Short ways to say yes and stop."""

from datetime import datetime
from typing import Any

from porch.people.consent.actions import give_consent, withdraw_consent
from porch.people.consent.models import Consent, Proof
from porch.people.consent.reads import state_for
from porch.people.consent.subjects import Subject
from tests.village import NOON


def give(subject: Subject, purpose: str = "member-letter", *, at: datetime = NOON, **said: Any) -> Consent:
    given: dict[str, Any] = {"wording": 1, "source": "test", "proof": Proof.SESSION, "by": None}
    return give_consent(subject=subject, purpose=purpose, at=at, **given | said)


def stop(subject: Subject, purpose: str = "member-letter", *, at: datetime = NOON, **said: Any) -> Consent:
    given: dict[str, Any] = {"source": "test", "proof": Proof.SESSION, "by": None}
    return withdraw_consent(subject=subject, purpose=purpose, at=at, **given | said)


def stands(subject: Subject, purpose: str = "member-letter") -> bool:
    row = state_for(subject.name, purpose)
    return row is not None and row.stands
