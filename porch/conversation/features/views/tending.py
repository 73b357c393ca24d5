"""Topics as those look after them who may: closed, pinned, moved, with another title or other tags."""

from collections.abc import Callable

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from porch.community.membership.rules import members
from porch.conversation.pages.reads import TopicHead, find_topic
from porch.conversation.pages.slots import TENDING
from porch.conversation.spaces.models import Shape, Space
from porch.conversation.spaces.readers import opens
from porch.conversation.spaces.rules import reached_by
from porch.conversation.tags.actions import tag_topic
from porch.conversation.topics.tending import (
    close_topic,
    move_topic,
    pin_topic,
    rename_topic,
    reopen_topic,
)
from porch.kit.once import go_and_tell
from porch.kit.refusals import BadInput, NotFound, Refusal
from porch.kit.text import read_number
from porch.kit.time import now
from porch.people.doors import SignedInRequest


class NoSpaceChosen(BadInput):
    text = _("No space was chosen.")
    hint = _("Choose where the topic is to go.")


@members
@require_http_methods(["GET", "HEAD", "POST"])
def tend(request: SignedInRequest, topic: int) -> HttpResponseBase:
    """Look after a topic: close it, pin it, move it, give it another title."""
    found = find_topic(topic, request.user.pk)
    if found.is_elsewhere or (not found.tends and found.author_id != request.user.pk):
        raise NotFound
    refusal = None
    if request.method == "POST":
        act = ACTS.get(request.POST.get("do", ""))
        if act is None:
            raise NotFound
        try:
            return go_and_tell("topic", topic, word=act(request, topic))
        except NotFound:
            raise
        except Refusal as no:
            refusal = no
    spaces, closed_off = places_for(found, request.user.pk) if found.tends else ([], [])
    given = {name: request.POST.get(name, "") for name in ("title", "reason", "tags", "to")}
    shown = {
        "topic": found,
        "spaces": spaces,
        "closed_off": closed_off,
        "refusal": refusal,
        "at_field": "to" if isinstance(refusal, NoSpaceChosen) else None,
        "given": given,
    }
    shown["more"] = TENDING.render(request) if found.tends else ""
    return render(request, "conversation/topics/tend.html", shown, status=refusal.status if refusal else 200)


def places_for(topic: TopicHead, person_id: int) -> tuple[list[Space], list[Space]]:
    """Give the spaces to which a topic can go, and those where others would come to read it (B18)."""
    rows = Space.objects.filter(reached_by(person_id), is_direct=False).select_related("circle", "role")
    known = list(rows.order_by("place", "name", "id"))
    here = next(each for each in known if each.pk == topic.space_id)
    there = [each for each in known if each != here and each.archived_at is None and each.shape != Shape.ROOM]
    return [each for each in there if not opens(here, each)], [each for each in there if opens(here, each)]


def close(request: SignedInRequest, topic: int) -> str:
    """Close a topic, with a reason that everyone reads."""
    close_topic(topic_id=topic, by=request.user, at=now(), reason=request.POST.get("reason", ""))
    return "topic-closed"


def reopen(request: SignedInRequest, topic: int) -> str:
    """Open a closed topic again."""
    reopen_topic(topic_id=topic, by=request.user, at=now())
    return "topic-reopened"


def pin(request: SignedInRequest, topic: int) -> str:
    """Pin a topic above the others."""
    pin_topic(topic_id=topic, is_pinned=True, by=request.user, at=now())
    return "topic-pinned"


def unpin(request: SignedInRequest, topic: int) -> str:
    """Take the pin from a topic."""
    pin_topic(topic_id=topic, is_pinned=False, by=request.user, at=now())
    return "topic-unpinned"


def move(request: SignedInRequest, topic: int) -> str:
    """Move a topic to the space that was chosen."""
    if not request.POST.get("to"):
        raise NoSpaceChosen
    to = read_number(request.POST["to"])
    if to is None:
        raise NotFound
    move_topic(topic_id=topic, to_id=to, by=request.user, at=now())
    return "topic-moved"


def rename(request: SignedInRequest, topic: int) -> str:
    """Give a topic the title that was typed."""
    rename_topic(topic_id=topic, title=request.POST.get("title", ""), by=request.user, at=now())
    return "topic-renamed"


def tag(request: SignedInRequest, topic: int) -> str:
    """Give a topic the tags that were typed."""
    tag_topic(topic_id=topic, tags=request.POST.get("tags", ""), by=request.user, at=now())
    return "topic-tagged"


ACTS: dict[str, Callable[[SignedInRequest, int], str]] = {
    "close": close,
    "reopen": reopen,
    "pin": pin,
    "unpin": unpin,
    "move": move,
    "rename": rename,
    "tag": tag,
}
