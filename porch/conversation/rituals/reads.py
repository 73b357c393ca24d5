"""The heartbeat of a space: its rituals with the last times of each, in one query."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, F, QuerySet, Window
from django.db.models.functions import RowNumber

from porch.conversation.rituals.models import Beat, Ritual
from porch.kit.prepared import Prepared

SHOWN = 12
MOST_ROWS = 20 * SHOWN


@dataclass(frozen=True, slots=True)
class BeatRow:
    """One of the last beats of a ritual that goes on."""

    ritual_id: int
    ritual__title: str
    ritual__next_at: datetime | None
    due_at: datetime
    state: str
    topic_id: int | None


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """A ritual with its last beats, the oldest first."""

    title: str
    next_at: datetime | None
    beats: list[BeatRow]


def last_beats(space: Any) -> QuerySet[Beat]:
    """Select the last beats of each ritual of a space that goes on."""
    place = Window(RowNumber(), partition_by=[F("ritual")], order_by=F("due_at").desc())
    found = Beat.objects.filter(ritual__space_id=space, ritual__ended_at__isnull=True).annotate(place=place)
    return found.filter(place__lte=SHOWN).select_related("ritual").order_by("ritual_id", "due_at")[:MOST_ROWS]


BEATS = Prepared(last_beats, BeatRow, space=BigIntegerField())


def heartbeats_of(space_id: int) -> list[Heartbeat]:
    """Give the rituals of a space that was found to be reached, each with its last beats, once it has any."""
    found: dict[int, Heartbeat] = {}
    for each in BEATS.all(space=space_id):
        known = found.setdefault(
            each.ritual_id, Heartbeat(plain(each.ritual__title), each.ritual__next_at, [])
        )
        known.beats.append(each)
    return list(found.values())


def beats_in(space_id: int) -> dict[int, list[BeatRow]]:
    """Give the last beats of each ritual of a space that goes on, by the number of the ritual."""
    return {each.beats[0].ritual_id: each.beats for each in heartbeats_of(space_id)}


def plain(title: str) -> str:
    """Write the title of a ritual where no number is meant."""
    return title.replace("{n}", "…")


def rituals_of(space_id: int) -> QuerySet[Ritual]:
    """Select the rituals of a space, those that have ended last."""
    found = Ritual.objects.filter(space_id=space_id).select_related("keeper__person", "made_by")
    return found.order_by(F("ended_at").asc(nulls_first=True), "pk")
