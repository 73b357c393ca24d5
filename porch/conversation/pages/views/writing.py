"""What helps while somebody writes: names to choose from, pictures, and drafts."""

from contextlib import suppress

from django.db.models import Q
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from porch.community.membership.rules import members
from porch.conversation.direct.reads import titles_of
from porch.conversation.drafts.actions import Place, Words, discard_draft, drop_posted, keep_draft
from porch.conversation.drafts.reads import DRAFTS
from porch.conversation.pages.completing import offers
from porch.conversation.pages.reading_on import version_in
from porch.conversation.pages.reads import find_space
from porch.conversation.posts.pictures import address_of, give_picture
from porch.conversation.topics.models import Topic
from porch.conversation.topics.silence import silence_of
from porch.kit.once import forget_told, go_and_tell, told
from porch.kit.refusals import BadInput, Refusal
from porch.kit.time import now
from porch.people.doors import SignedInRequest

DISCARDED = "draft-discarded"


class NoPictureChosen(BadInput):
    text = _("No picture was chosen.")
    hint = _("Choose one from your device, then add it.")


@members
@require_safe
def name_in_topic(request: SignedInRequest, topic: int) -> HttpResponse:
    """Names to choose from, while somebody writes in a topic."""
    where = Q(pk__in=Topic.objects.filter(pk=topic).values("space"))
    return offered(request, where)


@members
@require_safe
def name_in_space(request: SignedInRequest, space: str) -> HttpResponse:
    """Names to choose from, while somebody begins a topic."""
    return offered(request, Q(slug=space[:60]))


def offered(request: SignedInRequest, where: Q) -> HttpResponse:
    """Answer with the names that begin so."""
    found = offers(where, request.GET.get("q", ""), request.user.pk)
    rows = [{"name": each.name, "written": each.written, "what": each.what} for each in found]
    answer = JsonResponse({"people": rows})
    answer["Cache-Control"] = "private, no-store"
    return answer


@members
@require_POST
def add_picture(request: SignedInRequest) -> HttpResponse:
    """Take in a picture, and say under which address it is shown."""
    return JsonResponse({"address": picture_in(request)})


def picture_in(request: SignedInRequest) -> str:
    """Take in the picture that was sent, and give its address. Raises the refusals of pictures."""
    picture = request.FILES.get("picture")
    if picture is None:
        raise NoPictureChosen
    held = give_picture(stream=picture, name=picture.name or "", by=request.user, at=now())  # type: ignore[arg-type]
    return address_of(held)


def with_picture(request: SignedInRequest, source: str) -> str:
    """Add the picture that was sent to the end of a text, described as its sender says."""
    words = " ".join(request.POST.get("picture_alt", "").replace("]", " ").replace("[", " ").split())[:300]
    line = f"![{words}]({picture_in(request)})"
    return f"{source.rstrip()}\n\n{line}\n" if source.strip() else f"{line}\n"


@members
@require_POST
def keep_in_topic(request: SignedInRequest, topic: int) -> HttpResponseBase:
    """Keep what somebody is writing in a topic, or discard it."""
    return kept(request, Place(topic_id=topic), "topic", topic)


@members
@require_POST
def keep_for_space(request: SignedInRequest, space: str) -> HttpResponseBase:
    """Keep the topic that somebody is beginning in a space, or discard it."""
    found = find_space(space, request.user.pk)
    return kept(request, Place(space_id=found.id), "new-topic", found.slug)


def kept(request: SignedInRequest, place: Place, page: str, argument: object) -> HttpResponseBase:
    """Keep or discard a draft; give its version to the scripts that sent it."""
    given = request.POST
    if given.get("is") == "discarded":
        discard_draft(place=place, by=request.user)
        return (
            redirect("drafts")
            if given.get("from") == "drafts"
            else go_and_tell(page, argument, word=DISCARDED)
        )
    words = Words(given.get("source", ""), given.get("title", ""), given.get("kind", ""))
    found = keep_draft(place=place, words=words, version=version_in(request), by=request.user, at=now())
    return JsonResponse({"version": found.version, "is_beside": found.is_beside})


def keep_for_later(request: SignedInRequest, place: Place) -> bool:
    """Keep what somebody who is silenced sent, as a draft, and say whether it is kept."""
    at, given = now(), request.POST
    if silence_of(request.user.pk, at) is None:
        return False
    words = Words(given.get("source", ""), given.get("title", ""), given.get("kind", ""))
    with suppress(Refusal):
        keep_draft(place=place, words=words, version=version_in(request), by=request.user, at=at)
        return True
    return False


def was_posted(request: SignedInRequest, place: Place) -> None:
    """Let go of the draft of what was just posted."""
    drop_posted(
        place=place, source=request.POST.get("source", ""), version=version_in(request), by=request.user
    )


@members
@require_safe
def show_drafts(request: SignedInRequest) -> HttpResponse:
    """What one is writing and has not posted, the latest first."""
    drafts = DRAFTS.all(person=request.user.pk)
    direct = [
        (each.topic__space_id or 0, each.topic__title or "")
        for each in drafts
        if each.topic__space__is_direct
    ]
    shown = {"drafts": drafts, "talks": titles_of(direct, request.user.pk), "told": told(request)}
    return forget_told(request, render(request, "conversation/drafts/drafts.html", shown))
