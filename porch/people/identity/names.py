"""People by what pages and commands know of them: their names by number, and somebody by address or number."""

from collections.abc import Collection

from porch.people.identity.addresses import find_by_address
from porch.people.identity.models import Person


def names_of(ids: Collection[int]) -> dict[int, str]:
    """Give the names of people by their numbers; whoever is gone is left out."""
    return dict(Person.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}


def find_person(said: str) -> Person | None:
    """Find somebody by what was typed: an address of theirs, or their number."""
    said = said.strip()
    if said.isascii() and said.isdigit() and len(said) <= 18:
        return Person.objects.filter(pk=int(said)).first()
    return find_by_address(said)
