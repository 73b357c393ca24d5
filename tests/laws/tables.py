"""Tables to plant: models in a registry of their own, far from the house's."""

from contextlib import AbstractContextManager
from itertools import count
from typing import Any

from django.db import models
from django.test.utils import isolate_apps

PARTS = [
    f"porch.{part}"
    for part in (
        "engine",
        "people",
        "community",
        "conversation",
        "moderation",
        "notices",
        "audience",
        "bridge",
        "insight",
    )
]
_numbers = count(1)


def apart(*more: str) -> AbstractContextManager[Any]:
    """Open a registry that has the parts of Porch and none of their tables."""
    return isolate_apps(*PARTS, *more)


def table(part: str, **inside: Any) -> type[models.Model]:
    """Make a model of a part, in whatever registry is open."""
    meta = type("Meta", (), {"app_label": part, **inside.pop("Meta", {})})
    name = f"Planted{next(_numbers)}"
    return type(name, (models.Model,), {"__module__": __name__, "Meta": meta, **inside})


def foreign(to: type[models.Model], on_delete: Any = models.CASCADE, **options: Any) -> Any:
    return models.ForeignKey(to, on_delete, **{"related_name": "+", **options})
