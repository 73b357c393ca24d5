"""Rituals: which a space has and how they were kept, made, opened, paused and ended."""

import re
from collections.abc import Callable

from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from porch.community.membership.rules import members
from porch.conversation.pages.reads import find_space
from porch.conversation.posts.writing import render_post
from porch.conversation.rituals.beating import NothingIsDue, NotTheKeeper, open_ritual, title_of_next
from porch.conversation.rituals.making import (
    NoSuchGrace,
    NoSuchKeeper,
    NoSuchNumber,
    NoSuchRhythm,
    RitualTerms,
    end_ritual,
    make_ritual,
    pause_ritual,
    resume_ritual,
)
from porch.conversation.rituals.models import Beat, Ritual, State
from porch.conversation.rituals.reads import beats_in, rituals_of
from porch.conversation.rituals.rhythm import DAY_NAMES, NTH_NAMES, Every
from porch.conversation.spaces.models import Space
from porch.conversation.spaces.reads import SpaceRow
from porch.conversation.spaces.rules import looked_after_by, reached_by
from porch.kit.days import zone
from porch.kit.once import forget_told, go_and_tell, told
from porch.kit.refusals import NotFound, Refusal
from porch.kit.text import LineIsEmpty, LineIsNotPlain, LineIsTooLong, read_number
from porch.kit.time import now
from porch.people.doors import SignedInRequest

NAMES = ("title", "source", "every", "weekday", "nth", "day", "time", "grace_hours", "first_number", "keeper")
USUAL = {
    "every": "week",
    "weekday": "0",
    "nth": "1",
    "day": "1",
    "time": "09:00",
    "grace_hours": "24",
    "first_number": "1",
}
TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
AT_FAULT: dict[type[Refusal], str] = {
    LineIsEmpty: "title",
    LineIsTooLong: "title",
    LineIsNotPlain: "title",
    NoSuchRhythm: "every",
    NoSuchGrace: "grace_hours",
    NoSuchNumber: "first_number",
    NoSuchKeeper: "keeper",
}


@members
def show_rituals(request: SignedInRequest, space: str) -> HttpResponse:
    """The rituals of a space, with their heartbeat; for those who look after it, what they can do with each."""
    found = reached(request, space)
    shown = {
        "space": found,
        "rituals": rituals_of(found.id),
        "beats": beats_in(found.id),
        "zone": zone().key.replace("_", " "),
        "told": told(request),
    }
    return forget_told(request, render(request, "conversation/rituals/rituals.html", shown))


@members
@require_http_methods(["GET", "HEAD", "POST"])
def new_ritual(request: SignedInRequest, space: str) -> HttpResponseBase:
    """Make a ritual. A refusal, and a preview, give everything back."""
    found, given, refusal, preview = reached(request, space), request.POST, None, ""
    if not found.tends or found.archived_at is not None:
        raise NotFound
    if request.method == "POST":
        try:
            if given.get("do") == "preview":
                preview = render_post(given.get("source", "")).html
            else:
                make_ritual(space_id=found.id, terms=read_terms(given), by=request.user, at=now())
                return go_and_tell("space-rituals", found.slug, word="ritual-made")
        except Refusal as no:
            refusal = no
    shown = {
        "space": found,
        "given": {name: given.get(name, USUAL.get(name, "")) for name in NAMES},
        "everies": Every.choices,
        "weekdays": [(str(n), name) for n, name in enumerate(DAY_NAMES)],
        "nths": [(str(n), name) for n, name in NTH_NAMES.items()],
        "zone": zone().key.replace("_", " "),
        "preview": preview,
        "refusal": refusal,
        "at_field": AT_FAULT.get(type(refusal), "source") if refusal else None,
    }
    return render(request, "conversation/rituals/new.html", shown, status=refusal.status if refusal else 200)


def read_terms(given: QueryDict) -> RitualTerms:
    """Read what a ritual is to be. Raises ``NoSuchRhythm``, ``NoSuchGrace`` and ``NoSuchNumber``."""
    time = TIME.fullmatch(given.get("time", ""))
    nth = given.get("nth", "1")
    last = -1 if nth == "-1" else read_number(nth, most_digits=1)
    weekday, day = (read_number(given.get(name, "0"), most_digits=2) for name in ("weekday", "day"))
    if time is None or last is None or weekday is None or day is None:
        raise NoSuchRhythm
    return RitualTerms(
        title=given.get("title", ""),
        source=given.get("source", ""),
        every=given.get("every", ""),
        minute=int(time[1]) * 60 + int(time[2]),
        weekday=weekday,
        nth=last,
        day=day,
        grace_hours=read_number(given.get("grace_hours", ""), most_digits=4) or 0,
        first_number=read_number(given.get("first_number", ""), most_digits=8) or 0,
        keeper=given.get("keeper", ""),
    )


@members
@require_http_methods(["GET", "HEAD", "POST"])
def open_now(request: SignedInRequest, ritual: int) -> HttpResponseBase:
    """Open what a ritual waits for, with its text or another."""
    found = (
        Ritual.objects.filter(reached_by(request.user.pk, "space__"), pk=ritual)
        .select_related("space__circle", "space__role", "keeper")
        .first()
    )
    if found is None or not Beat.objects.filter(ritual=found, state=State.DUE).exists():
        raise NotFound
    source, refusal, preview = request.POST.get("source", found.source), None, ""
    if request.method == "POST":
        try:
            if request.POST.get("do") == "preview":
                preview = render_post(source).html
            else:
                post = open_ritual(ritual_id=ritual, by=request.user, at=now(), source=source)
                return redirect("topic", post.topic_id)
        except (NotFound, NotTheKeeper, NothingIsDue):
            raise
        except Refusal as no:
            refusal = no
    elif not may_open(request, found):
        raise NotFound
    shown = {
        "ritual": found,
        "title": title_of_next(found),
        "source": source,
        "preview": preview,
        "refusal": refusal,
    }
    return render(request, "conversation/rituals/open.html", shown, status=refusal.status if refusal else 200)


def may_open(request: SignedInRequest, ritual: Ritual) -> bool:
    """Say whether whoever asks keeps a ritual, or looks after its space."""
    if ritual.keeper is not None and ritual.keeper.person_id == request.user.pk:
        return True
    return Space.objects.filter(looked_after_by(request.user.pk), pk=ritual.space_id).exists()


@members
@require_POST
def tend_ritual(request: SignedInRequest, ritual: int) -> HttpResponseBase:
    """Pause a ritual, have it go on, or end it."""
    act = ACTS.get(request.POST.get("do", ""))
    if act is None:
        raise NotFound
    verb, word = act
    found = verb(ritual_id=ritual, by=request.user, at=now())
    slug = Space.objects.values_list("slug", flat=True).get(pk=found.space_id)
    return go_and_tell("space-rituals", slug, word=word)


ACTS: dict[str, tuple[Callable[..., Ritual], str]] = {
    "pause": (pause_ritual, "ritual-paused"),
    "resume": (resume_ritual, "ritual-resumed"),
    "end": (end_ritual, "ritual-ended"),
}


def reached(request: SignedInRequest, slug: str) -> SpaceRow:
    """Find a space that whoever asks reaches. Raises ``NotFound``."""
    found = find_space(slug, request.user.pk)
    if not found.is_reached:
        raise NotFound
    return found
