"""Who agrees: a person, or whoever has an address. The ledger knows them by these words alone."""

from dataclasses import dataclass

from porch.people.consent.purposes import Purpose
from porch.people.consent.reads import address_behind
from porch.people.identity.models import Person
from porch.people.suppression.hashing import hash_address


@dataclass(frozen=True, slots=True)
class Subject:
    """``name`` is what the ledger holds: ``person:7``, or ``address:`` and a keyed hash.

    ``address`` is where mail to them goes, where that is known; an address that agrees for itself always has it.
    """

    name: str
    address: str = ""

    @property
    def is_address(self) -> bool:
        return self.name.startswith("address:")

    @property
    def address_hash(self) -> str:
        """The keyed hash of the address; empty where none is known."""
        if self.is_address:
            return self.name.removeprefix("address:")
        return hash_address(self.address) if self.address else ""


def person_subject(person: Person) -> Subject:
    """Let a person agree, wherever their mail goes later."""
    return Subject(f"person:{person.pk}", person.email or "")


def address_subject(address: str) -> Subject:
    """Let whoever has an address agree. Raises ``NotAnAddress``."""
    return Subject(f"address:{hash_address(address)}", address)


def subject_for(purpose: Purpose, person: Person) -> Subject | None:
    """Give as whom a signed-in person agrees to a purpose: some are of their address, which they may not have."""
    if purpose.of == "person":
        return person_subject(person)
    return address_subject(person.email) if person.email else None


def names_of(person_id: int | None, *addresses: str) -> list[str]:
    """Name everything as which a person may have agreed, in the words of the ledger."""
    names = [] if person_id is None else [f"person:{person_id}"]
    return [*names, *(address_subject(each).name for each in addresses if each)]


def find_subject(name: str) -> Subject:
    """Give a subject by the words of the ledger, with its address where one is still known."""
    if name.startswith("address:"):
        return Subject(name, address_behind(name))
    person = Person.objects.filter(pk=int(name.removeprefix("person:"))).first()
    return person_subject(person) if person else Subject(name)
