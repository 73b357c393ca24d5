"""Scopes: a closed list of what a token may be used for, each declared once beside the operations that ask for it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from porch.kit.refusals import Text


@dataclass(frozen=True, slots=True)
class Scope:
    """One use. ``name`` is kept in rows and never changes; ``text`` goes on after "may"."""

    name: str
    text: Text
    # What is about a person alone is of no use to a token of the house.
    is_for_house: bool = True


SCOPES: dict[str, Scope] = {}
# Say by name which scopes are of use to a person, such as by their rights; higher floors fill it.
USEFUL_TO: list[Callable[[int], Collection[str]]] = []


def declare(name: str, text: Text, *, is_for_house: bool = True) -> Scope:
    """Add a scope to the list of all. Raises ``ValueError`` for a name that is taken."""
    if name in SCOPES:
        raise ValueError(f"the scope {name!r} is declared twice")
    SCOPES[name] = Scope(name, text, is_for_house)
    return SCOPES[name]


def offered(*, for_house: bool) -> list[Scope]:
    """Give the scopes that a token of a person, or of the house, can have."""
    return [each for each in SCOPES.values() if each.is_for_house or not for_house]


def offered_to(person_id: int) -> list[Scope]:
    """Give the scopes of which a token of this person can make use now."""
    useful = [ask(person_id) for ask in USEFUL_TO]
    return [each for each in offered(for_house=False) if all(each.name in names for names in useful)]
