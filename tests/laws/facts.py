"""Every kind of fact that the house knows, found by loading it all."""

import importlib
import pkgutil

import porch
from porch.engine.facts.kinds import AudienceFact, CommunityFact, Fact


def kinds() -> list[type[Fact]]:
    """Load every module named ``facts`` and give the kinds in them, by name."""
    for module in pkgutil.walk_packages(porch.__path__, "porch."):
        if module.name.endswith(".facts"):
            importlib.import_module(module.name)
    found = {kind for stream in (CommunityFact, AudienceFact, Fact) for kind in heirs(stream)}
    return sorted(found - {CommunityFact, AudienceFact}, key=lambda kind: kind.__name__)


def heirs(kind: type[Fact]) -> list[type[Fact]]:
    """Give what inherits from a kind, at any distance, as far as it is the house's."""
    below = [each for child in kind.__subclasses__() for each in (child, *heirs(child))]
    return [each for each in below if each.__module__.startswith("porch.") and is_the_one(each)]


def is_the_one(kind: type[Fact]) -> bool:
    """Tell a kind from the class that ``slots=True`` made it of and left behind."""
    return getattr(importlib.import_module(kind.__module__), kind.__name__, None) is kind
