"""The cast. Everyone who matters to a rule, and nobody else.

Ada runs the place, Ben is a member, Cleo only reads, Dov has an account and no business here.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.test import Client

from porch.community.membership.actions import admit_founder
from porch.people.identity.actions import appoint_owner
from porch.people.identity.models import Person

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@dataclass(slots=True)
class Village:
    ada: Person
    ben: Person
    dov: Person
    cleo: None = None  # has no account: a reader

    def cast(self) -> dict[str, Person | None]:
        return {"ada": self.ada, "ben": self.ben, "cleo": self.cleo, "dov": self.dov}


def build_village() -> Village:
    ada = appoint_owner(at=NOON)
    ben, dov = add_person("ben"), add_person("dov")
    admit_founder(person=ada, at=NOON)
    admit_founder(person=ben, at=NOON)
    return Village(ada=ada, ben=ben, dov=dov)


def add_person(name: str) -> Person:
    person = Person(email=f"{name}@example.org", name=name.title(), created_at=NOON)
    person.set_unusable_password()
    person.save()
    return person


def browser(person: Person | None = None, **options: object) -> Client:
    """A browser of this person's, or of a stranger's, at the site's own address."""
    client = Client(headers={"host": "localhost:8000"}, **options)
    if person is not None:
        client.force_login(person)
    return client
