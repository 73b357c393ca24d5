"""Rituals: which a space has and how they were kept, made, opened, paused and ended."""

from ninja import Router

from porch.conversation.rituals.beating import open_ritual
from porch.conversation.rituals.making import (
    RitualTerms,
    end_ritual,
    make_ritual,
    pause_ritual,
    resume_ritual,
)
from porch.conversation.rituals.models import Ritual
from porch.conversation.rituals.reads import BeatRow, beats_in, rituals_of
from porch.web.api.gate import ApiRequest, Needs, Whom
from porch.web.api_asking.shapes import OpeningIn, RitualIn, RitualOut, StateIn
from porch.web.api_talk.posts import written
from porch.web.api_talk.scopes import TALK_READ, TALK_TEND, TALK_WRITE
from porch.web.api_talk.shapes import WrittenOut
from porch.web.api_talk.spaces import reached_space

# Those that have ended are many after some years; the newest of them are enough.
MOST_SHOWN = 100
TOLD = (
    *("id", "space_id", "title", "source", "every", "weekday", "nth", "day", "minute", "grace_hours"),
    *("number", "opens_itself", "next_at", "paused_at", "ended_at"),
)
STATES = {"running": resume_ritual, "paused": pause_ritual, "ended": end_ritual}

router = Router(tags=["Rituals"])


@router.get(
    "/spaces/{int:space}/rituals",
    auth=Needs(TALK_READ, Whom.MEMBER),
    response=list[RitualOut],
    summary="List the rituals of a space",
    url_name="api-space-rituals",
)
def list_rituals(request: ApiRequest, space: int) -> list[dict[str, object]]:
    """The rituals of a space that I reach, each with its heartbeat; those that have ended come last."""
    found = reached_space(request, space).pk
    beats = beats_in(found)
    return [as_ritual(each, beats.get(each.pk, [])) for each in rituals_of(found)[:MOST_SHOWN]]


@router.post(
    "/spaces/{int:space}/rituals",
    auth=Needs(TALK_TEND, Whom.MEMBER),
    response=RitualOut,
    summary="Make a ritual",
    url_name="api-space-rituals",
)
def make_this_ritual(request: ApiRequest, space: int, body: RitualIn) -> dict[str, object]:
    """Have a topic come round in a space that I look after."""
    found, terms = reached_space(request, space).pk, RitualTerms(**body.dict())
    made = make_ritual(space_id=found, terms=terms, by=request.auth.someone, at=request.auth.at)
    return shown(made)


@router.post(
    "/rituals/{int:ritual}/opening",
    auth=Needs(TALK_WRITE, Whom.MEMBER),
    response=WrittenOut,
    summary="Open what a ritual waits for",
    url_name="api-ritual-opening",
)
def open_this_ritual(request: ApiRequest, ritual: int, body: OpeningIn) -> dict[str, object]:
    """Begin the topic that is due, with the text of the ritual or another: as its keeper, or where I look after it."""
    by, at = request.auth.someone, request.auth.at
    return written(request, open_ritual(ritual_id=ritual, source=body.source, by=by, at=at))


@router.put(
    "/rituals/{int:ritual}/state",
    auth=Needs(TALK_TEND, Whom.MEMBER),
    response=RitualOut,
    summary="Pause or end a ritual",
    url_name="api-ritual-state",
)
def tend_this_ritual(request: ApiRequest, ritual: int, body: StateIn) -> dict[str, object]:
    """Pause a ritual, have it go on, or end it for good."""
    verb = STATES[body.state]
    return shown(verb(ritual_id=ritual, by=request.auth.someone, at=request.auth.at))


def shown(ritual: Ritual) -> dict[str, object]:
    """Say of a ritual that was just written what it is now."""
    found = rituals_of(ritual.space_id).get(pk=ritual.pk)
    return as_ritual(found, beats_in(ritual.space_id).get(ritual.pk, []))


def as_ritual(ritual: Ritual, beats: list[BeatRow]) -> dict[str, object]:
    """Say of a ritual what its page shows."""
    last = [{"due_at": each.due_at, "state": each.state, "topic_id": each.topic_id} for each in beats]
    keeper = ritual.keeper.person.name if ritual.keeper else None
    return {name: getattr(ritual, name) for name in TOLD} | {"keeper": keeper, "beats": last}
