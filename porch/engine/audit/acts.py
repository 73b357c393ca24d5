"""The acts of operators: a closed list, each declared once beside its verb, in plain language."""

from dataclasses import dataclass

from porch.kit.refusals import Text


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody in charge did. ``version`` grows when its meaning does; ``ids`` name what a row keeps beside."""

    name: str
    text: Text
    version: int = 1
    ids: tuple[str, ...] = ()


ACTS: dict[str, Act] = {}


def declare(act: Act) -> Act:
    """Add an act to the list of all. Raises ``ValueError`` for a name that is taken."""
    if ACTS.setdefault(act.name, act) != act:
        raise ValueError(f"the act {act.name!r} is declared twice")
    return act
