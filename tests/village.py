"""The cast. Everyone who matters to a rule, and nobody else.

Ada runs the place, Ben is a member, Cleo only reads, Dov has an account and no business here. Where rights
matter, Sol joins them: a steward, who does not run the server.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.test import Client

from porch.community.roles.founding import admit_founder
from porch.community.roles.models import Role, RoleHolder
from porch.community.roles.reads import STEWARD
from porch.kit.time import now, to_micros
from porch.people.identity import operators
from porch.people.identity.actions import appoint_owner
from porch.people.identity.models import Person
from porch.people.sign_in.recent import KEY as PROVED

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


def add_steward(name: str = "sol") -> Person:
    """Add a member who has the role of a steward."""
    person = add_person(name)
    member = admit_founder(person=person, at=NOON)
    role = Role.objects.get(key=STEWARD, circle__is_whole=True)
    RoleHolder.objects.create(role=role, member=member, given_at=NOON)
    return person


def add_person(name: str) -> Person:
    return operators.add_person(address=f"{name}@example.org", name=name.title(), at=NOON)


def browser(person: Person | None = None, *, recent: bool = True, **options: object) -> Client:
    """A browser of this person's, who has just signed in, or of a stranger's, at the site's own address."""
    client = Client(headers={"host": "localhost:8000"}, **options)
    if person is not None:
        client.force_login(person)
        if recent:
            prove(client)
    return client


def prove(client: Client, ago: timedelta = timedelta(0)) -> None:
    """Have whoever uses this browser have proved who they are, that long ago."""
    session = client.session
    session[PROVED] = to_micros(now() - ago)
    session.save()
