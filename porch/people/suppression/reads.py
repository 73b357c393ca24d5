from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import CharField

from porch.kit.prepared import Prepared
from porch.people.suppression.hashing import hash_address, key_in_use
from porch.people.suppression.models import EVERYTHING, Reason, Suppression


@dataclass(frozen=True, slots=True)
class SuppressionRow:
    id: int
    scope: str
    reason: str
    since: datetime
    entered_by_id: int | None

    @property
    def because(self) -> str:
        return str(Reason(self.reason).label)


@dataclass(frozen=True, slots=True)
class StrayRow:
    id: int


OF_ADDRESS = Prepared(
    lambda hashed: Suppression.objects.filter(hash=hashed).order_by("since", "id"),
    SuppressionRow,
    hashed=CharField(),
)
UNDER_OTHER_KEYS = Prepared(lambda key: Suppression.objects.exclude(key=key)[:1], StrayRow, key=CharField())

# What stops even the mail that an account needs. The others do not: whoever asks for a code has to get it, and
# it is by such a mail that a person proves an address and comes back.
STOPS_ALL = {Reason.COMPLAINT}


def suppressions_of(address: str) -> list[SuppressionRow]:
    """Give every reason for which an address is not written to, the oldest first."""
    return OF_ADDRESS.all(hashed=hash_address(address))


def why_suppressed(address: str, purpose: str | None) -> Reason | None:
    """Say why an address gets nothing for a purpose, or None where it may. Without a purpose: needed mail.

    Imports, forms and the door of deliveries ask here.
    """
    return why_hash_suppressed(hash_address(address), purpose)


def why_hash_suppressed(hashed: str, purpose: str | None) -> Reason | None:
    """Say the same of an address of which only the hash is known."""
    for row in OF_ADDRESS.all(hashed=hashed):
        reason = Reason(row.reason)
        if row.scope == EVERYTHING and (purpose is not None or reason in STOPS_ALL):
            return reason
        if purpose is not None and row.scope == purpose:
            return reason
    return None


def which_are_suppressed(hashes: Collection[str], purpose: str) -> set[str]:
    """Tell which of these hashes get nothing for a purpose: one query, for lists."""
    found = Suppression.objects.filter(hash__in=hashes, scope__in=[EVERYTHING, purpose])
    return set(found.values_list("hash", flat=True))


def are_unreadable() -> bool:
    """Say whether there are suppressions under a key that is not here: nobody can tell whom they protect."""
    return UNDER_OTHER_KEYS.exists(key=key_in_use())
