"""Posts: written, changed, deleted and restored, and what they said before."""

from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from porch.community.membership.rules import members
from porch.conversation.answers.actions import choose_answer
from porch.conversation.drafts.actions import Place
from porch.conversation.pages.live import fragment_of
from porch.conversation.pages.places import place_of
from porch.conversation.pages.reading_on import topic_page
from porch.conversation.pages.reads import find_topic
from porch.conversation.pages.views.writing import keep_for_later, was_posted, with_picture
from porch.conversation.posts.changing import (
    ChangedMeanwhile,
    delete_post,
    edit_post,
    names_in_post,
    restore_post,
)
from porch.conversation.posts.models import Edition
from porch.conversation.posts.reads import ReachedPost, find_post, find_said
from porch.conversation.posts.writing import MOST_KEY, WritingIsHeld, names_in_topic, render_post, write_post
from porch.conversation.previews.actions import remove_preview
from porch.conversation.topics.silence import silence_of
from porch.conversation.wording.quoting import quote
from porch.kit.differences import differences
from porch.kit.once import go_and_tell
from porch.kit.paging import neighbours, page_number
from porch.kit.refusals import NotFound, Refusal
from porch.kit.text import read_number
from porch.kit.time import now
from porch.people.doors import SignedInRequest

EDITED, DELETED, RESTORED = "post-edited", "post-deleted", "post-restored"
SOMEBODY = _("Somebody who has left")
ANSWERED, NOT_ANSWERED = "answer-chosen", "answer-taken-back"


@members
@require_POST
def write(request: SignedInRequest, topic: int) -> HttpResponseBase:
    """Write in a topic. A refusal, a preview and the choice of a post to reply to give everything back."""
    source, refusal, preview = request.POST.get("source", ""), None, ""
    try:
        if request.POST.get("do") == "preview":
            preview = render_post(source, names_in_topic(topic, request.user)).html
        elif request.POST.get("do") == "picture":
            find_topic(topic, request.user.pk)
            source = with_picture(request, source)
        elif "quote" in request.POST:
            source = with_quote(request, topic, source)
        elif "to" not in request.POST:
            post = write_post(
                topic_id=topic,
                source=source,
                by=request.user,
                at=now(),
                reply_to=read_number(request.POST.get("reply_to", ""), most_digits=9),
                sent_as=key_in(request.POST),
                as_organisation=request.POST.get("as_organisation") == "yes",
            )
            was_posted(request, Place(topic_id=topic))
            if request.META.get("HTTP_PORCH_FRAGMENT"):
                # Sent by a page that stays open: it takes the post as others get it, over the line.
                return HttpResponse(fragment_of(topic, post.number), status=201)
            return HttpResponseRedirect(place_of(post.topic_id, post.number))
    except NotFound:
        raise
    except WritingIsHeld as held:
        return redirect(held.address)
    except Refusal as no:
        refusal = no
        keep_for_later(request, Place(topic_id=topic))
    return topic_page(request, topic, at=now(), source=source, preview=preview, refusal=refusal)


def with_quote(request: SignedInRequest, topic: int, source: str) -> str:
    """Add the post that was chosen to the end of a text, as a quotation. Raises ``NotFound``."""
    number = read_number(request.POST["quote"], most_digits=9)
    found = find_said(topic, number or 0, request.user.pk)
    said = quote(
        topic_id=topic, number=found.number, name=found.said_by or str(SOMEBODY), source=found.source
    )
    return f"{source.rstrip()}\n\n{said}\n\n".lstrip("\n")


@members
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: SignedInRequest, post: int) -> HttpResponseBase:
    """Change one's own post. Where it was changed meanwhile, both wordings are shown; nothing typed is lost."""
    found, refusal, preview = find_post(post, request.user.pk), None, ""
    if found.author_id != request.user.pk:
        raise NotFound
    source = request.POST.get("source", found.source)
    edits = read_number(request.POST.get("edits", ""), most_digits=5)
    if request.method == "POST":
        try:
            if request.POST.get("do") == "preview":
                preview = render_post(source, names_in_post(post, request.user)).html
            elif request.POST.get("do") == "picture":
                source = with_picture(request, source)
            else:
                edit_post(post_id=post, source=source, edits=edits or 0, by=request.user, at=now())
                return go_and_tell_at(found, EDITED)
        except NotFound:
            raise
        except Refusal as no:
            refusal = no
    elif found.is_deleted:
        raise NotFound
    is_stale = isinstance(refusal, ChangedMeanwhile)
    # What stands there now, which may be newer than what was read before.
    there = find_post(post, request.user.pk) if is_stale else found
    shown = {
        "post": there,
        "source": source,
        "preview": preview,
        "refusal": refusal,
        "edits": there.edits if edits is None or is_stale else edits,
        "silence": silence_of(request.user.pk, now()),
        "other": differences(there.source, source) if is_stale else [],
    }
    return render(request, "conversation/posts/change.html", shown, status=refusal.status if refusal else 200)


@members
@require_http_methods(["GET", "HEAD", "POST"])
def deletion(request: SignedInRequest, post: int) -> HttpResponseBase:
    """Say what deleting a post means, delete it, or restore it."""
    found = find_post(post, request.user.pk)
    if not found.tends and not (
        found.author_id == request.user.pk and found.deletion__by_author is not False
    ):
        raise NotFound
    if request.method != "POST":
        return render(request, "conversation/posts/deletion.html", {"post": found})
    if request.POST.get("is") == "restored":
        restore_post(post_id=post, by=request.user, at=now())
        return go_and_tell_at(found, RESTORED)
    delete_post(post_id=post, by=request.user, at=now(), reason=request.POST.get("reason", ""))
    return go_and_tell_at(found, DELETED)


@members
@require_POST
def remove_card(request: SignedInRequest, post: int) -> HttpResponseBase:
    """Take the preview of a link from a post."""
    found = find_post(post, request.user.pk)
    remove_preview(post_id=post, by=request.user, at=now())
    return go_and_tell_at(found, "preview-removed")


@members
def show_editions(request: SignedInRequest, post: int) -> HttpResponse:
    """How a post was changed, one change on a page: comparing long texts costs the server something."""
    found, number = find_post(post, request.user.pk), page_number(request)
    if found.is_deleted:
        raise NotFound
    before = list(Edition.objects.filter(post_id=post).order_by("-number")[max(number - 2, 0) : number + 1])
    # The wording that came after, which on the first page is what stands there now.
    after = found.source if number == 1 else before.pop(0).source if before else ""
    if number > 1 and not before:
        raise NotFound
    shown = {
        "post": found,
        "edition": before[0] if before else None,
        "pieces": differences(before[0].source, after) if before else [],
        **neighbours(request, number, has_more=len(before) > 1, has_filters=False),
    }
    return render(request, "conversation/posts/editions.html", shown)


@members
@require_POST
def answer(request: SignedInRequest, topic: int) -> HttpResponseBase:
    """Say which post answers a question, or of one that it does not any more."""
    number = read_number(request.POST.get("number", ""), most_digits=9)
    unmarked = read_number(request.POST.get("unmark", ""), most_digits=9)
    if not number and not unmarked:
        raise NotFound
    choose_answer(topic_id=topic, number=number or None, by=request.user, at=now())
    done = go_and_tell("topic", topic, word=ANSWERED if number else NOT_ANSWERED)
    done["Location"] = place_of(topic, number or unmarked or 1)
    return done


def key_in(form: QueryDict) -> str | None:
    """Read the key of a form, by which what is sent twice is said once."""
    key = form.get("sent_as", "")
    return key if 0 < len(key) <= MOST_KEY and key.isascii() and key.isprintable() else None


def go_and_tell_at(post: ReachedPost, word: str) -> HttpResponseBase:
    """Lead from a form to a post on the page of its topic, with a word for it."""
    answer = go_and_tell("topic", post.topic_id, word=word)
    answer["Location"] = place_of(post.topic_id, post.number)
    return answer
