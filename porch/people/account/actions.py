"""What people change of their account: each under the lock of their row, and told by a letter that commits with it.

``browser`` says in words what it was asked with (``device_of``); it stands in the letter.
"""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction

from porch.people.account.telling import tell
from porch.people.identity import addresses
from porch.people.identity.locking import locked
from porch.people.identity.models import Person
from porch.people.identity.operators import rename_person


@transaction.atomic
def change_name(*, person: Person, name: str, browser: str, at: datetime) -> Person:
    """Give oneself another name."""
    person = rename_person(person=person, name=name, at=at)
    tell(person, "name", person.name, browser=browser, at=at)
    return person


@transaction.atomic
def add_address(*, person: Person, address: str, browser: str, at: datetime) -> EmailAddress:
    """Add an address that was proved a moment ago."""
    row = addresses.give_address(person=person, address=address)
    tell(locked(person), "address-added", address, also=address, browser=browser, at=at)
    return row


@transaction.atomic
def change_main(*, person: Person, number: int, browser: str, at: datetime) -> EmailAddress:
    """Make one of one's addresses the one to which letters go; the one before is told too."""
    person = locked(person)
    before = person.email or ""
    row = addresses.make_main(person=person, number=number)
    tell(locked(person), "address-main", row.email, also=before, browser=browser, at=at)
    return row


@transaction.atomic
def remove_address(*, person: Person, number: int, browser: str, at: datetime) -> EmailAddress:
    """Remove one of one's addresses; it is told too."""
    person = locked(person)
    row = addresses.take_address(person=person, number=number)
    tell(person, "address-removed", row.email, also=row.email, browser=browser, at=at)
    return row
