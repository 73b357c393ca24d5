"""Topics as members begin and read them."""

import secrets

from django.db.models import Q
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from porch.community.membership.rules import members
from porch.conversation.drafts.actions import Place
from porch.conversation.drafts.reads import DRAFT_FOR
from porch.conversation.pages.places import place_of
from porch.conversation.pages.reading_on import topic_page, version_in
from porch.conversation.pages.reads import PAGE, find_space, find_topic, latest
from porch.conversation.pages.views.posts import key_in
from porch.conversation.pages.views.writing import keep_for_later, was_posted, with_picture
from porch.conversation.posts.mentions import Names
from porch.conversation.posts.reads import place_now
from porch.conversation.posts.writing import NoSuchKind, WritingIsHeld, begin_topic, render_post
from porch.conversation.reading.actions import choose_level, mark_read, mark_seen, mark_unread
from porch.conversation.spaces.reads import SpaceRow
from porch.conversation.tags.actions import TooManyTags
from porch.conversation.topics.finding import SpaceIsArchived
from porch.conversation.topics.models import Kind
from porch.conversation.topics.silence import silence_of
from porch.conversation.topics.voices import may_speak_in
from porch.kit.once import forget_told, go_and_tell, told
from porch.kit.paging import neighbours, page_number
from porch.kit.refusals import NotFound, Refusal
from porch.kit.text import LineIsEmpty, LineIsNotPlain, LineIsTooLong, read_number
from porch.kit.time import now
from porch.people.doors import SignedInRequest

KINDS = [(kind.value, kind.label) for kind in Kind if kind not in (Kind.POLL, Kind.ROOM)]


@members
def show_topic(request: SignedInRequest, topic: int) -> HttpResponseBase:
    """What was said in a topic, from where one stopped reading."""
    return topic_page(request, topic, at=now())


@members
def show_latest(request: SignedInRequest) -> HttpResponse:
    """What is talked about in all the spaces that one reaches, the newest first."""
    number = page_number(request)
    topics = latest(request.user.pk, number)
    shown = {
        "topics": topics[:PAGE],
        **neighbours(request, number, has_more=len(topics) > PAGE, has_filters=False),
    }
    return render(request, "conversation/topics/latest.html", shown)


@members
def find_place(request: SignedInRequest, topic: int, number: int) -> HttpResponseBase:
    """Lead to a post by its number."""
    found = find_topic(topic, request.user.pk)
    if not 1 <= number <= found.posts:
        raise NotFound
    return redirect(place_of(*place_now(topic, number)))


@members
@require_http_methods(["GET", "HEAD", "POST"])
def new_topic(request: SignedInRequest, space: str) -> HttpResponseBase:
    """Begin a topic. A refusal, and a preview, give everything back."""
    found, given, refusal, preview, source = reached_space(request, space), request.POST, None, "", None
    draft = DRAFT_FOR.first(person=request.user.pk, space=found.id) if request.method != "POST" else None
    is_kept = False
    if request.method == "POST":
        try:
            if given.get("do") == "preview":
                names = Names(lambda: Q(pk=found.id), request.user)
                preview = render_post(given.get("source", ""), names).html
            elif given.get("do") == "picture":
                source = with_picture(request, given.get("source", ""))
            else:
                post = begin_topic(
                    space_id=found.id,
                    title=given.get("title", ""),
                    source=given.get("source", ""),
                    kind=given.get("kind", Kind.CONVERSATION),
                    by=request.user,
                    at=now(),
                    sent_as=key_in(given),
                    tags=given.get("tags", ""),
                    as_organisation=given.get("as_organisation") == "yes",
                )
                was_posted(request, Place(space_id=found.id))
                return redirect("topic", post.topic_id)
        except WritingIsHeld as held:
            was_posted(request, Place(space_id=found.id))
            return redirect(held.address)
        except Refusal as no:
            refusal = no
            is_kept = keep_for_later(request, Place(space_id=found.id))
    shown = {
        "space": found,
        "silence": silence_of(request.user.pk, now()),
        "is_kept": is_kept,
        "speaks": may_speak_in(found.id, request.user.pk),
        "kinds": KINDS,
        "given": {
            name: given.get(name, getattr(draft, name) if draft else "")
            for name in ("title", "source", "kind")
        }
        | {"tags": given.get("tags", "")}
        | ({"source": source} if source else {}),
        "draft": draft,
        "version": draft.version if draft else version_in(request),
        "told": told(request),
        "preview": preview,
        "refusal": refusal,
        "at_field": field_at_fault(refusal),
        "sent_as": given.get("sent_as") or secrets.token_urlsafe(16),
    }
    status = refusal.status if refusal else 200
    return forget_told(request, render(request, "conversation/topics/new.html", shown, status=status))


def field_at_fault(refusal: Refusal | None) -> str | None:
    """Name the field that a refusal of a new topic is about, if it is about one."""
    if isinstance(refusal, TooManyTags) or (refusal is not None and refusal.values.get("name") == _("tag")):
        return "tags"
    if isinstance(refusal, LineIsEmpty | LineIsTooLong | LineIsNotPlain):
        return "title"
    if isinstance(refusal, NoSuchKind):
        return "kind"
    return None if isinstance(refusal, SpaceIsArchived) else "source"


@members
@require_POST
def mark(request: SignedInRequest, topic: int) -> HttpResponseBase:
    """Call a topic read to its end, or new again from a post on; or say which posts were on the screen."""
    found = find_topic(topic, request.user.pk)
    seen = [read_number(request.POST.get(name, ""), most_digits=9) for name in ("seen_from", "seen")]
    if "seen" in request.POST:
        match seen:
            case [int(first), int(last)] if 1 <= first <= last <= found.posts:
                mark_seen(topic_id=topic, member_id=found.member, first=first, last=last, at=now())
                return HttpResponse(status=204)
        raise NotFound
    number = read_number(request.POST.get("from", ""), most_digits=9)
    if number is None:
        mark_read(topic_id=topic, member_id=found.member, number=found.posts, at=now())
        return go_and_tell("topic", topic, word="all-read")
    mark_unread(topic_id=topic, number=number, by=request.user, at=now())
    if found.space__is_direct:
        return go_and_tell("direct", word="marked-unread")
    return go_and_tell("space", found.space__slug, word="marked-unread")


@members
@require_POST
def choose(request: SignedInRequest, topic: int) -> HttpResponseBase:
    """Choose how much one wants to hear of a topic."""
    choose_level(topic_id=topic, level=request.POST.get("level", ""), by=request.user, at=now())
    return go_and_tell("topic", topic, word="level-chosen")


def reached_space(request: SignedInRequest, slug: str) -> SpaceRow:
    """Find a space in which whoever asks may write. Raises ``NotFound``."""
    found = find_space(slug, request.user.pk)
    if not found.is_reached:
        raise NotFound
    return found
