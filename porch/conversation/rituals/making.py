"""Rituals as those who look after a space make them, pause them and end them."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from porch.conversation.posts.writing import render_post
from porch.conversation.rituals.acts import RITUAL_ENDED, RITUAL_MADE, RITUAL_PAUSED, RITUAL_RESUMED
from porch.conversation.rituals.facts import RitualEnded, RitualMade, RitualPaused, RitualResumed
from porch.conversation.rituals.locking import lock_ritual
from porch.conversation.rituals.models import Ritual
from porch.conversation.rituals.rhythm import DAYS, MINUTES, NTHS, WEEKDAYS, Every
from porch.conversation.spaces.members import members_reaching
from porch.conversation.spaces.models import Space
from porch.conversation.spaces.near_names import near_names
from porch.conversation.spaces.rules import looked_after_by, reached_by
from porch.conversation.topics.finding import NotYoursToTend, hold_space, require_in_use
from porch.conversation.topics.models import LONGEST_TITLE
from porch.conversation.topics.rooms import require_topics
from porch.engine.audit.recording import record
from porch.engine.facts.noting import note
from porch.kit.refusals import BadInput, Conflict, NotFound
from porch.kit.text import NOT_TEXT, clean_line
from porch.people.identity.models import Person

PLACE, MOST_GRACE, MOST_RITUALS, MOST_NUMBER = "{n}", 144, 20, 1_000_000


class NoSuchRhythm(BadInput):
    text = _("There is no such rhythm.")
    hint = _("Choose how often, on which day, and at what time.")


class NoSuchGrace(BadInput):
    text = _("A ritual can be opened in time for 1 to 144 hours.")
    hint = _("Choose a number of hours between these.")


class NoSuchNumber(BadInput):
    text = _("Titles cannot count from there.")
    hint = _("Choose a whole number, at least 1.")


class NoSuchKeeper(BadInput):
    text = _("There is no one member of this name who reads this space: %(name)s")
    hint = _("Write the name as it stands on their posts, or have the ritual open by itself.%(near)s")


class TooManyRituals(Conflict):
    text = _("A space has at most %(most)s rituals.")
    hint = _("End one of them first.")


class RitualHasEnded(Conflict):
    text = _("This ritual has ended.")
    hint = _("Make a new one, which may count on from its number.")


@dataclass(frozen=True, slots=True, kw_only=True)
class RitualTerms:
    """What a ritual is: words, rhythm, and who opens it; without ``keeper`` it opens by itself."""

    title: str
    source: str
    every: str
    minute: int
    weekday: int = 0
    nth: int = 1
    day: int = 1
    grace_hours: int = 24
    first_number: int = 1
    keeper: str = ""


def make_ritual(*, space_id: int, terms: RitualTerms, by: Person, at: datetime) -> Ritual:
    """Make a ritual of a space that one looks after; it is due for the first time when its rhythm next says so.

    Raises ``NotFound``, ``NotYoursToTend``, ``SpaceIsArchived``, ``RoomHasOneTopic``, ``TooManyRituals`` and what is
    wrong with the terms.
    """
    title = clean_terms(terms)
    with transaction.atomic():
        space, _member = hold_space(space_id, by)
        require_tending(space_id, by)
        require_in_use(space)
        # Each time it opens a topic, and a room has one for ever.
        require_topics(space)
        if Ritual.objects.filter(space=space, ended_at__isnull=True).count() >= MOST_RITUALS:
            raise TooManyRituals(most=MOST_RITUALS)
        ritual = Ritual(
            space=space,
            title=title,
            source=terms.source,
            every=terms.every,
            minute=terms.minute,
            weekday=terms.weekday,
            nth=terms.nth,
            day=terms.day,
            grace_hours=terms.grace_hours,
            number=terms.first_number - 1,
            made_by=by,
            made_at=at,
            opens_itself=not terms.keeper.strip(),
            keeper_id=find_keeper(terms.keeper, space_id),
        )
        ritual.next_at = ritual.rhythm.after(at)
        ritual.save(force_insert=True)
        Space.objects.filter(pk=space.pk).update(rituals=F("rituals") + 1)
        record(RITUAL_MADE, by_id=by.pk, at=at, ritual_id=ritual.pk)
        note(RitualMade(ritual_id=ritual.pk, space_id=space.pk, by_person_id=by.pk, at=at))
        return ritual


def clean_terms(terms: RitualTerms) -> str:
    """Check what a ritual is to be, and give its title. Raises the refusals of words, rhythm, grace and number."""
    title = clean_line(terms.title, most=LONGEST_TITLE - 10, name=_("title"))
    render_post(terms.source)
    places = terms.weekday in WEEKDAYS and terms.nth in NTHS and terms.day in DAYS and terms.minute in MINUTES
    if terms.every not in Every.values or not places:
        raise NoSuchRhythm
    if not 1 <= terms.grace_hours <= MOST_GRACE:
        raise NoSuchGrace
    if not 1 <= terms.first_number <= MOST_NUMBER:
        raise NoSuchNumber
    return title


def find_keeper(name: str, space_id: int) -> int | None:
    """Find the one member of a name who reaches the space; None without a name. Raises ``NoSuchKeeper``."""
    name = name.strip()
    if not name:
        return None
    if NOT_TEXT.search(name):
        raise NoSuchKeeper(name=NOT_TEXT.sub("", name)[:80], near="")
    reaching = members_reaching(space_id)
    found = reaching.filter(person__name=name).values_list("pk", flat=True)[:2]
    if len(found) != 1:
        raise NoSuchKeeper(name=name[:80], near=near_names(name, reaching))
    return found[0]


@transaction.atomic
def pause_ritual(*, ritual_id: int, by: Person, at: datetime) -> Ritual:
    """Pause a ritual: nothing is due meanwhile, and nothing missed. What is waited for can still be opened."""
    ritual = ritual_to_tend(ritual_id, by)
    if ritual.paused_at is None:
        ritual.paused_at, ritual.next_at = at, None
        ritual.save(update_fields=["paused_at", "next_at"])
        record(RITUAL_PAUSED, by_id=by.pk, at=at, ritual_id=ritual_id)
        note(RitualPaused(ritual_id=ritual_id, by_person_id=by.pk, at=at))
    return ritual


@transaction.atomic
def resume_ritual(*, ritual_id: int, by: Person, at: datetime) -> Ritual:
    """Have a paused ritual go on, from its next time."""
    ritual = ritual_to_tend(ritual_id, by)
    if ritual.paused_at is not None:
        ritual.paused_at, ritual.next_at = None, ritual.rhythm.after(at)
        ritual.save(update_fields=["paused_at", "next_at"])
        record(RITUAL_RESUMED, by_id=by.pk, at=at, ritual_id=ritual_id)
        note(RitualResumed(ritual_id=ritual_id, by_person_id=by.pk, at=at))
    return ritual


@transaction.atomic
def end_ritual(*, ritual_id: int, by: Person, at: datetime) -> Ritual:
    """End a ritual for good; its topics and its heartbeat stay. What is still waited for is no longer."""
    ritual = ritual_to_tend(ritual_id, by)
    ritual.ended_at, ritual.next_at = at, None
    ritual.save(update_fields=["ended_at", "next_at"])
    ritual.beats.filter(state="due").delete()
    Space.objects.filter(pk=ritual.space_id).update(rituals=F("rituals") - 1)
    record(RITUAL_ENDED, by_id=by.pk, at=at, ritual_id=ritual_id)
    note(RitualEnded(ritual_id=ritual_id, by_person_id=by.pk, at=at))
    return ritual


def ritual_to_tend(ritual_id: int, by: Person) -> Ritual:
    """Hold a ritual that goes on, for somebody who looks after its space.

    Raises ``NotFound``, ``NotYoursToTend`` and ``RitualHasEnded``.
    """
    ritual = lock_ritual(ritual_id)
    if not Space.objects.filter(reached_by(by.pk), pk=ritual.space_id).exists():
        raise NotFound
    require_tending(ritual.space_id, by)
    if ritual.ended_at is not None:
        raise RitualHasEnded
    return ritual


def require_tending(space_id: int, by: Person) -> None:
    """Refuse whoever does not look after a space that they reach. Raises ``NotYoursToTend``."""
    if not Space.objects.filter(looked_after_by(by.pk), pk=space_id).exists():
        raise NotYoursToTend
