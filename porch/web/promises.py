"""Promises as pages show them: in words, with names, and what can be done with each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from porch.engine.clock.reads import clock_is_doubtful
from porch.engine.promises.kinds import KINDS
from porch.engine.promises.models import Promise, PromiseChange
from porch.engine.promises.reads import is_overdue, names_in, page_of, tally, text_of
from porch.engine.promises.states import SHOWN, State
from porch.kit.paging import neighbours, page_number
from porch.kit.refusals import NotFound, Text
from porch.people.doors import SignedInRequest
from porch.people.identity.names import names_of

# The colour of a badge: green is kept, red is broken, nothing else has one.
COLOURS: dict[str, str] = {State.KEPT: "kept", State.BROKEN: "broken", State.MADE_GOOD: "broken"}
# The words of a step in a story, where they are not those of the state it leads to.
STEPS: dict[str, Text] = {
    State.OWED: gettext_lazy("Taken back, owed again"),
    State.BROKEN: gettext_lazy("Broken: its time passed"),
    State.MADE_GOOD: gettext_lazy("Made good, late"),
}
FILTERS: dict[str, Text] = {name: State(name).label for name in SHOWN}
WHOM: dict[str, Text] = {
    "members": gettext_lazy("the members"),
    "readers": gettext_lazy("the readers"),
    "everyone": gettext_lazy("everyone"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a story."""

    text: str
    at: datetime
    who: str
    reason: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A promise in words. ``ways`` are what an operator can do with it, as the forms name it."""

    id: int
    text: str
    purpose: str
    badge: tuple[str, str]
    to: str
    keeper: str
    promised_by: str
    promised_at: datetime
    due_at: datetime
    is_overdue: bool
    story: list[Step]
    ways: list[str]


def listing(request: SignedInRequest, which: Q, *, at: datetime) -> dict[str, Any]:
    """Make a page of promises: those of one filter, and the tally of all that may be read."""
    show, number = wanted(request), page_number(request)
    found = Promise.objects.filter(which)
    page, has_more = page_of(found, show, number)
    return {
        "tally": tally(found),
        "promises": shown(page, at=at, asks=request.user.pk),
        "filters": [(text, f"?show={name}") for name, text in FILTERS.items()],
        "here": f"?show={show}",
        "show": show,
        "held": clock_is_doubtful(),
        **neighbours(request, number, has_more=has_more),
    }


def wanted(request: HttpRequest) -> str:
    """Read which filter was asked for; one that there is not is not found."""
    show = request.GET.get("show", "owed")
    if show not in SHOWN:
        raise NotFound
    return show


def shown(found: list[Promise], *, at: datetime, asks: int) -> list[Shown]:
    """Put promises into words for somebody who asks, by their number; names take one query."""
    names = names_of(names_in(found))
    return [show(owed, names, at, asks) for owed in found]


def show(owed: Promise, names: Mapping[int, str], at: datetime, asks: int) -> Shown:
    """Put one promise into words."""
    kind = KINDS.get(owed.kind)
    return Shown(
        id=owed.pk,
        text=str(text_of(owed)) or _("Its words were erased with the person it was made to."),
        purpose=str(kind.purpose) if kind else "",
        badge=(str(State(owed.state).label), COLOURS.get(owed.state, "")),
        to=str(WHOM[owed.owed_to]) if owed.owed_to in WHOM else named(owed.owed_to_id, names, asks),
        keeper=keeper_of(owed, names, asks),
        promised_by=named(owed.promised_by_id, names, asks) if owed.promised_by_id else "",
        promised_at=owed.promised_at,
        due_at=owed.due_at,
        is_overdue=is_overdue(owed, at=at),
        story=[step(change, names, asks) for change in owed.story.all()],
        ways=ways_of(owed, at),
    )


def keeper_of(owed: Promise, names: Mapping[int, str], asks: int) -> str:
    """Say who keeps a promise."""
    if owed.kept_by == "person":
        return named(owed.kept_by_id, names, asks)
    return _("the operators") if owed.kept_by == "operators" else _("Porch, by itself")


def step(change: PromiseChange, names: Mapping[int, str], asks: int) -> Step:
    """Put one step of a story into words; what Porch did by itself names nobody."""
    who = named(change.by_id, names, asks) if change.by_id else ""
    return Step(str(STEPS.get(change.state) or State(change.state).label), change.at, who, change.reason)


def named(person_id: int | None, names: Mapping[int, str], asks: int) -> str:
    """Give a name, ``you`` for whoever asks, and words for somebody who is gone."""
    if person_id == asks:
        return _("you")
    return names.get(person_id or 0) or _("somebody who is gone")


def ways_of(owed: Promise, at: datetime) -> list[str]:
    """Say what an operator can do with a promise as it stands."""
    if owed.state == State.BROKEN:
        return ["made-good", "reopened"] if at <= owed.due_at else ["made-good"]
    return ["kept", "withdrawn"] if owed.state == State.OWED else ["reopened"]
