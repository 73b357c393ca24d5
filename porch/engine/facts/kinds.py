"""The kinds of facts: frozen, past tense, ids only. Two streams with two schemas that cannot be joined."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, ClassVar

_names: dict[type["Fact"], tuple[str, ...]] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something that happened. ``at`` is when, an aware instant; everything else is an id or a count."""

    version: ClassVar[int] = 1
    stream: ClassVar[str] = ""
    at: datetime

    @property
    def kind(self) -> str:
        return type(self).__name__

    def ids(self) -> dict[str, Any]:
        """Give what the fact says besides its kind and time."""
        kind = type(self)
        # By the class alone: a fact of a kind is asked for its names a thousand times a second.
        names = _names.get(kind) or _names.setdefault(kind, names_of(kind))
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunityFact(Fact):
    """Something that members did. Names them by id."""

    stream: ClassVar[str] = "community"


@dataclass(frozen=True, slots=True, kw_only=True)
class AudienceFact(Fact):
    """Something that happened on the open side. Names nobody: a law forbids a person in its fields."""

    stream: ClassVar[str] = "audience"


def names_of(kind: type[Fact]) -> tuple[str, ...]:
    """Name what facts of a kind hold besides their time."""
    return tuple(each.name for each in fields(kind) if each.name != "at")
