"""Posts: written, changed, deleted and restored, and what they said before."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from porch.community.membership.rules import members
from porch.conversation.posts.answering import choose_answer
from porch.conversation.posts.changing import ChangedMeanwhile, delete_post, edit_post, restore_post
from porch.conversation.posts.differences import differences
from porch.conversation.posts.models import Edition
from porch.conversation.posts.page import topic_page
from porch.conversation.posts.places import place_of
from porch.conversation.posts.reads import ReachedPost, find_post
from porch.conversation.posts.writing import render_post, write_post
from porch.kit.once import go_and_tell
from porch.kit.refusals import NotFound, Refusal
from porch.kit.text import read_number
from porch.kit.time import now
from porch.people.doors import SignedInRequest

WRITTEN, EDITED, DELETED, RESTORED = "post-written", "post-edited", "post-deleted", "post-restored"
ANSWERED, NOT_ANSWERED = "answer-chosen", "answer-taken-back"


@members
@require_POST
def write(request: SignedInRequest, topic: int) -> HttpResponseBase:
    """Write in a topic. A refusal, and a preview, give everything back with the page around it."""
    source, refusal, preview = request.POST.get("source", ""), None, ""
    try:
        if request.POST.get("do") == "preview":
            preview = render_post(source).html
        else:
            post = write_post(
                topic_id=topic,
                source=source,
                by=request.user,
                at=now(),
                reply_to=read_number(request.POST.get("reply_to", ""), most_digits=9),
                sent_as=request.POST.get("sent_as") or None,
            )
            return redirect(place_of(topic, post.number))
    except NotFound:
        raise
    except Refusal as no:
        refusal = no
    return topic_page(request, topic, at=now(), source=source, preview=preview, refusal=refusal)


@members
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: SignedInRequest, post: int) -> HttpResponseBase:
    """Change one's own post. Where it was changed meanwhile, both wordings are shown."""
    found, refusal, preview = find_post(post, request.user.pk), None, ""
    if found.author_id != request.user.pk or found.is_deleted:
        raise NotFound
    source = request.POST.get("source", found.source)
    edits = read_number(request.POST.get("edits", ""), most_digits=5)
    if request.method == "POST":
        try:
            if request.POST.get("do") == "preview":
                preview = render_post(source).html
            else:
                edit_post(post_id=post, source=source, edits=edits or 0, by=request.user, at=now())
                return go_and_tell_at(found, EDITED)
        except Refusal as no:
            refusal = no
    is_stale = isinstance(refusal, ChangedMeanwhile)
    shown = {
        "post": found,
        "source": source,
        "preview": preview,
        "refusal": refusal,
        "edits": found.edits if edits is None or is_stale else edits,
        "other": differences(found.source, source) if is_stale else [],
    }
    return render(request, "conversation/posts/change.html", shown, status=refusal.status if refusal else 200)


@members
@require_http_methods(["GET", "HEAD", "POST"])
def deletion(request: SignedInRequest, post: int) -> HttpResponseBase:
    """Say what deleting a post means, delete it, or restore it."""
    found = find_post(post, request.user.pk)
    if found.author_id != request.user.pk and not found.tends:
        raise NotFound
    if request.method != "POST":
        return render(request, "conversation/posts/deletion.html", {"post": found})
    if request.POST.get("is") == "restored":
        restore_post(post_id=post, by=request.user, at=now())
        return go_and_tell_at(found, RESTORED)
    delete_post(post_id=post, by=request.user, at=now(), reason=request.POST.get("reason", ""))
    return go_and_tell_at(found, DELETED)


@members
def show_editions(request: SignedInRequest, post: int) -> HttpResponse:
    """What a post said before it was changed, the newest change first."""
    found = find_post(post, request.user.pk)
    if found.is_deleted:
        raise NotFound
    before = list(Edition.objects.filter(post_id=post).order_by("-number")[:50])
    after = [found.source, *(each.source for each in before)]
    steps = [(each, differences(each.source, then)) for each, then in zip(before, after, strict=False)]
    return render(request, "conversation/posts/editions.html", {"post": found, "steps": steps})


@members
@require_POST
def answer(request: SignedInRequest, topic: int) -> HttpResponseBase:
    """Say which post answers a question, or that none does."""
    number = read_number(request.POST.get("number", ""), most_digits=9)
    choose_answer(topic_id=topic, number=number, by=request.user, at=now())
    return go_and_tell("topic", topic, word=NOT_ANSWERED if number is None else ANSWERED)


def go_and_tell_at(post: ReachedPost, word: str) -> HttpResponseBase:
    """Lead from a form to a post on the page of its topic, with a word for it."""
    answer = go_and_tell("topic", post.topic_id, word=word)
    answer["Location"] = place_of(post.topic_id, post.number)
    return answer
