"""That somebody agreed, as grounds for writing to them. Only the ledger makes these."""

from dataclasses import dataclass, field
from typing import Any, NoReturn

from django.utils.translation import gettext_lazy as _

from porch.kit.refusals import Refusal
from porch.people.consent.purposes import find_purpose
from porch.people.consent.reads import ConsentRow, state_for
from porch.people.consent.subjects import Subject
from porch.people.suppression.hashing import hash_address

_SEAL = object()


class NoConsent(Refusal):
    status = 409
    text = _("They have not agreed to this, or not any more.")
    hint = _("Nothing was sent. Only they can say yes.")


@dataclass(frozen=True, slots=True)
class ConsentStands:
    """That a yes stands: which line of the ledger, for what, and to which address (by its hash) mail may go."""

    consent_id: int
    subject: str
    purpose: str
    address_hash: str
    seal: Any = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.seal is not _SEAL:
            raise TypeError("only the ledger of consent says that a consent stands: ask grounds_for")

    def __init_subclass__(cls, **_: Any) -> NoReturn:
        raise TypeError("there is one kind of standing consent")


def grounds_for(subject: Subject, purpose: str) -> ConsentStands:
    """Ask the ledger for grounds to write to a subject. Raises ``NoConsent`` where no yes stands."""
    find_purpose(purpose)
    row = standing(subject.name, purpose)
    if row is None or not subject.address:
        raise NoConsent
    return ConsentStands(row.id, subject.name, purpose, hash_address(subject.address), _SEAL)


def standing(subject: str, purpose: str) -> ConsentRow | None:
    """Give the line of the ledger on which a purpose stands for a subject, or None."""
    row = state_for(subject, purpose)
    return row if row is not None and row.stands else None
