"""The current state, derived from the ledger: the newest act of each subject for each purpose."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, Count, Exists, OuterRef, QuerySet

from porch.kit.prepared import Prepared
from porch.people.consent.models import Act, Consent, ConsentAddress, Proof
from porch.people.consent.purposes import Purpose, find_purpose


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """The newest act of a subject for a purpose, and so how things stand."""

    id: int
    subject: str
    purpose: str
    act: str
    basis: str
    wording: int
    at: datetime
    source: str
    proof: str

    @property
    def stands(self) -> bool:
        """Whether it is a yes, to words that still cover what is done."""
        return self.act == Act.GIVEN and self.wording >= find_purpose(self.purpose).covered_from

    @property
    def proved_by(self) -> str:
        return str(Proof(self.proof).label)


@dataclass(frozen=True, slots=True)
class AddressRow:
    address: str


def newest(consents: QuerySet[Consent]) -> QuerySet[Consent]:
    """Keep the newest act of each subject for each purpose."""
    later = Consent.objects.filter(
        subject=OuterRef("subject"), purpose=OuterRef("purpose"), id__gt=OuterRef("id")
    )
    return consents.filter(~Exists(later))


STATE = Prepared(
    lambda subject: newest(Consent.objects.filter(subject=subject)).order_by("purpose"),
    ConsentRow,
    subject=CharField(),
)
STATE_FOR = Prepared(
    lambda subject, purpose: Consent.objects.filter(subject=subject, purpose=purpose).order_by("-id")[:1],
    ConsentRow,
    subject=CharField(),
    purpose=CharField(),
)
ADDRESS = Prepared(
    lambda subject: ConsentAddress.objects.filter(subject=subject), AddressRow, subject=CharField()
)


def state_of(subject: str) -> dict[str, ConsentRow]:
    """Give how things stand with a subject, by purpose; purposes on which nothing was said are left out."""
    return {row.purpose: row for row in STATE.all(subject=subject)}


def state_for(subject: str, purpose: str) -> ConsentRow | None:
    """Give how things stand with a subject for one purpose; None where nothing was ever said."""
    return STATE_FOR.first(subject=subject, purpose=purpose)


def history_of(subjects: Iterable[str], most: int = 50) -> list[Consent]:
    """Give what was said, newest first."""
    return list(Consent.objects.filter(subject__in=list(subjects)).order_by("-id")[:most])


def address_behind(subject: str) -> str:
    """Give the address of a subject that is one; empty once it was erased."""
    row = ADDRESS.first(subject=subject)
    return row.address if row else ""


@dataclass(frozen=True, slots=True)
class Register:
    """A purpose with how many stand on it: exact, because the operator answers for each."""

    purpose: Purpose
    given: int
    withdrawn: int
    by_wording: dict[int, int]


def register(purposes: Iterable[Purpose]) -> list[Register]:
    """Count how things stand, for every purpose, in one query."""
    counted: Any = newest(Consent.objects.all()).order_by().values("purpose", "act", "wording")
    rows = list(counted.annotate(n=Count("id")))
    return [
        Register(
            purpose,
            sum(row["n"] for row in mine if stands(purpose, row)),
            sum(row["n"] for row in mine if row["act"] == Act.WITHDRAWN),
            {row["wording"]: row["n"] for row in mine if row["act"] == Act.GIVEN},
        )
        for purpose in purposes
        for mine in [[row for row in rows if row["purpose"] == purpose.name]]
    ]


def stands(purpose: Purpose, row: dict[str, Any]) -> bool:
    return bool(row["act"] == Act.GIVEN and row["wording"] >= purpose.covered_from)
