"""What speaks against a delivery, asked when it is queued and again when it goes out."""

from porch.engine.outbox.models import Delivery
from porch.people.consent.grounds import standing
from porch.people.delivery.grounds import UNASKED
from porch.people.identity.models import Person
from porch.people.suppression.hashing import hash_address
from porch.people.suppression.reads import are_unreadable, why_hash_suppressed


def objection_to(row: Delivery) -> str:
    """Give a word for why a delivery must not go out, or nothing."""
    is_needed = row.consent_id is None and row.ground not in UNASKED
    if not is_needed and are_unreadable():
        return "suppressions-unreadable"
    reason = why_hash_suppressed(row.address_hash, None if is_needed else row.ground)
    if reason:
        return reason.value
    return "" if row.consent_id is None or still_agreed(row) else "withdrawn"


def still_agreed(row: Delivery) -> bool:
    """Look into the ledger: does a yes to this stand, of the one to whom this very address belongs?"""
    subject = row.subject_name
    line = standing(subject, row.ground)
    if line is None:
        return False
    if subject.startswith("address:"):
        return subject == f"address:{row.address_hash}"
    person = Person.objects.filter(pk=int(subject.removeprefix("person:")), is_active=True).first()
    return person is not None and bool(person.email) and hash_address(person.email or "") == row.address_hash
