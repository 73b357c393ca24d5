"""The kinds of promises: each declared once in code, in plain language, by whoever keeps it."""

import re
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _

from porch.kit.refusals import Text

To = Literal["members", "readers", "everyone", "person"]
KeptBy = Literal["operators", "system", "person"]
# What a promise keeps beside its text leads to things; people have columns of their own, which can forget them.
NAMES_SOMEBODY = re.compile(r"person|people|member|subscriber|reader|address|mail|phone|name")


@dataclass(frozen=True, slots=True)
class Kind:
    """What is promised: its name in the database, the sentence people read, what it is for, and which ids it holds."""

    name: str
    text: Text
    purpose: Text
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Whom:
    """To whom something is owed."""

    to: To
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class Keeper:
    """Who is to keep it: the operators, the system by itself, or one person."""

    by: KeptBy = "operators"
    person_id: int | None = None


MEMBERS, READERS, EVERYONE = Whom("members"), Whom("readers"), Whom("everyone")
OPERATORS, SYSTEM = Keeper("operators"), Keeper("system")
KINDS: dict[str, Kind] = {}


def declare(kind: Kind) -> Kind:
    """Add a kind to the list of all. Raises ``ValueError`` for a name that is taken and ids that name somebody."""
    if KINDS.setdefault(kind.name, kind) != kind:
        raise ValueError(f"the promise {kind.name!r} is declared twice")
    if any(NAMES_SOMEBODY.search(name) for name in kind.ids):
        raise ValueError(f"the promise {kind.name!r} keeps the id of a person: owe it to them instead")
    return kind


def check_ids(kind: Kind, ids: dict[str, Any]) -> dict[str, int]:
    """Give the ids that a promise holds. Raises ``TypeError`` unless they are numbers and those that its kind names."""
    if set(ids) != set(kind.ids) or not all(type(value) is int for value in ids.values()):
        raise TypeError(f"the promise {kind.name!r} takes the ids {kind.ids}, not {ids}")
    return ids


OWN_WORDS = declare(
    Kind("own-words", _("A promise in the operator's own words"), _("What an operator promises by hand."))
)
