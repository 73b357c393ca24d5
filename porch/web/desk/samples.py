"""The component page's samples: each a small template, shown both as it looks and as it is written."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.template import engines
from django.utils.translation import gettext_lazy as _

from porch.bridge.door_sign.crossing import CARD
from porch.insight.measure import Figure

FOLDER = "desk/samples/"
# In the order in which they stand on the page.
WHAT_ONE_PRESSES = ("button", "field", "textarea", "select", "checkbox", "theme")
WHAT_ONE_IS_TOLD = ("form-errors", "notice", "undo", "badge", "empty", "progress")
WHAT_ONE_READS = ("card", "row", "avatar", "time", "table", "measure", "code", "prose", "crossing")
WAYS = ("breadcrumb", "pagination", "tabs", "menu", "dialog", "skip")
NAMES = WHAT_ONE_PRESSES + WHAT_ONE_IS_TOLD + WHAT_ONE_READS + WAYS
FIGURE = Figure(
    measure="answered_rate",
    version=2,
    side="community",
    state="measured",
    value=0.62,
    unit=_("of topics"),
    n=131,
    left_out=9,
    definition="Topics that members started, answered by another member within a day. Broadcasts are left out.",
)
# What the samples name, beside themes and the request.
GIVEN: dict[str, Any] = {
    "figure": FIGURE,
    "crossing_card": CARD,
    "moment": datetime(2026, 3, 2, 12, 0, tzinfo=UTC),
}


@dataclass(frozen=True, slots=True)
class Sample:
    name: str
    template: str
    source: str


@cache
def samples() -> list[Sample]:
    """Read the samples of the component page: the same text is shown as its own source."""
    env: Any = engines["jinja2"].env  # type: ignore[attr-defined]
    return [
        Sample(name, path, env.loader.get_source(env, path)[0].strip())
        for name in NAMES
        for path in [f"{FOLDER}{name}.html"]
    ]
