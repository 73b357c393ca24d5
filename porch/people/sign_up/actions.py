"""The verb of sign-up: a person is made of an address that was proved a moment ago, and never before."""

from datetime import datetime

from django.db import transaction

from porch.engine.facts.noting import note
from porch.people.identity.addresses import AddressIsTaken, find_by_address, give_address
from porch.people.identity.facts import PersonAdded
from porch.people.identity.locking import locked
from porch.people.identity.models import Person
from porch.people.identity.operators import clean_name


@transaction.atomic
def sign_up(*, address: str, name: str, at: datetime) -> Person:
    """Make a person with an address of theirs; whoever has the address already is that person, and keeps their name."""
    found = find_by_address(address)
    if found is not None:
        return found
    try:
        return make_person(address=address, name=name, at=at)
    except AddressIsTaken:  # by the same one, in another browser, in the meantime
        found = find_by_address(address)
        if found is None:
            raise
        return found


@transaction.atomic
def make_person(*, address: str, name: str, at: datetime) -> Person:
    """Make a person with an address. Raises ``AddressIsTaken``."""
    person = Person(name=clean_name(name), created_at=at)
    person.set_unusable_password()
    person.save()
    give_address(person=person, address=address)
    note(PersonAdded(person_id=person.pk, at=at))
    return locked(person)
