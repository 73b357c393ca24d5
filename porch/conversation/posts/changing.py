"""Changing what was said: edited with its history, deleted with its place left, restored."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from porch.conversation.posts.acts import DELETED, RESTORED, SPOKEN
from porch.conversation.posts.facts import PostEdited, PostRestored
from porch.conversation.posts.mentions import Names, keep_mentions
from porch.conversation.posts.models import Deletion, Edition, Mention, Post
from porch.conversation.posts.pictures import keep_pictures
from porch.conversation.posts.telling import is_of_all, note_changed, note_deleted
from porch.conversation.posts.writing import AFTER_EDITING, render_post
from porch.conversation.topics.facts import AnswerWithdrawn
from porch.conversation.topics.finding import Held, hold_topic, require_open
from porch.conversation.topics.models import Topic
from porch.conversation.topics.voices import keep_voice
from porch.engine.audit.recording import record
from porch.engine.facts.noting import note
from porch.kit.markdown import Rendered
from porch.kit.refusals import Conflict, NotAllowed, NotFound
from porch.kit.text import clean_line
from porch.people.identity.models import Person

LONGEST_REASON, MOST_EDITS = 300, 1000


class NotYourPost(NotAllowed):
    text = _("Only whoever wrote a post changes what it says.")
    hint = _("Answer it instead, or ask them to change it.")


class ChangedMeanwhile(Conflict):
    text = _("This post was changed while you were changing it.")
    hint = _("Both wordings stand below: take over what you need, and send yours again.")


class PostIsDeleted(Conflict):
    text = _("This post was deleted.")
    hint = _("Restore it first.")


class NotYoursToRestore(NotAllowed):
    text = _("This post was deleted by those who look after the space, so only they restore it.")
    hint = _("Write to one of them if you think that it should stand.")


class MovedMeanwhile(Conflict):
    text = _("This post went to another topic in this moment.")
    hint = _("Try it again: its address leads to where it is now.")


class TooManyEdits(Conflict):
    text = _("This post was changed %(most)s times; it stays now.")
    hint = _("Write a new one.")


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A post that is held, with its topic and whoever acts."""

    post: Post
    held: Held


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody is about to make of their post, as those are asked who may speak against it."""

    post: Post
    held: Held
    rendered: Rendered
    by: Person
    at: datetime


# Asked in the transaction before a post is changed, as ASKED_BEFORE_WRITING is before one is written.
ASKED_BEFORE_EDITING: list[Callable[[Change], None]] = []


def edit_post(*, post_id: int, source: str, edits: int, by: Person, at: datetime) -> Post:
    """Change what one's own post says; what it said before stays to be read.

    ``edits`` is how often it had been changed when whoever writes saw it. Raises ``NotFound``, ``NotYourPost``,
    ``NotYourVoice``, ``PostIsDeleted``, ``ChangedMeanwhile``, ``TooManyEdits``, and what is wrong with the words.
    """
    names = names_in_post(post_id, by)
    rendered = render_post(source, names)
    with transaction.atomic():
        found = hold_post(post_id, by)
        post = found.post
        if post.author_id != by.pk:
            raise NotYourPost
        keep_voice(post.voice, found.held.topic.space_id, by)
        require_open(found.held)
        if is_deleted(post):
            raise PostIsDeleted
        if post.source == rendered.source:
            return post
        if post.edits != edits:
            raise ChangedMeanwhile
        if post.edits >= MOST_EDITS:
            raise TooManyEdits(most=MOST_EDITS)
        for ask in ASKED_BEFORE_EDITING:
            ask(Change(post, found.held, rendered, by, at))
        Edition.objects.create(
            post=post,
            number=post.edits + 1,
            source=post.source,
            since=post.edited_at or post.at,
            ended_by=by,
        )
        post.source, post.html, post.html_version = rendered.source, rendered.html, rendered.version
        post.edits, post.edited_at = post.edits + 1, at
        post.save(update_fields=["source", "html", "html_version", "edits", "edited_at"])
        for tell in AFTER_EDITING:
            tell(post, found.held.topic)
        if is_of_all(post):
            record(SPOKEN, by_id=by.pk, at=at, post_id=post.pk)
        note_changed(PostEdited, found.held.topic, post, by_id=by.pk, at=at)
        held = found.held
        keep_mentions(post, names, space=held.topic.space, by_member_id=held.member_id, at=at)
        keep_pictures(post)
        return post


def names_in_post(post_id: int, by: Person) -> Names:
    """Ask for the names in a post that is changed: those that it has already mean whom they meant."""
    return Names(
        lambda: Q(pk__in=Post.objects.filter(pk=post_id).values("topic__space")),
        by,
        before=Mention.objects.filter(post=post_id),
    )


@transaction.atomic
def delete_post(*, post_id: int, by: Person, at: datetime, reason: str = "") -> Post:
    """Delete a post: its author may, and those who look after the space. Its place stays, and it can be restored.

    Raises ``NotFound`` and ``NotYourPost``.
    """
    found = hold_post(post_id, by)
    post, is_own = found.post, found.post.author_id == by.pk
    if not is_own and not found.held.tends:
        raise NotYourPost
    if is_deleted(post):
        return post
    words = clean_line(reason, most=LONGEST_REASON, name=_("reason")) if reason.strip() else ""
    Deletion.objects.create(post=post, at=at, by=by, reason=words, by_author=is_own)
    if not is_own:
        record(DELETED, by_id=by.pk, about_id=post.author_id, at=at, reason=words, post_id=post.pk)
    clear_place(post, found.held.topic, by_id=by.pk, at=at)
    return post


def hide_post(*, post: Post, topic: Topic, at: datetime) -> None:
    """Hide a post that is held with its topic until somebody who looks after the space has looked at it."""
    Deletion.objects.create(post=post, at=at, by_author=False, is_hidden=True)
    clear_place(post, topic, by_id=None, at=at)


def clear_place(post: Post, topic: Topic, *, by_id: int | None, at: datetime) -> None:
    """Take back what was said of a post that is not shown any more. ``by_id`` is None where reports hid it."""
    if topic.answer == post.number:
        topic.answer = None
        topic.save(update_fields=["answer"])
        note(AnswerWithdrawn(topic_id=topic.pk, number=post.number, by_person_id=by_id, at=at))
    note_deleted(topic, post, by_id=by_id, at=at)


@transaction.atomic
def restore_post(*, post_id: int, by: Person, at: datetime) -> Post:
    """Restore a deleted post: its author may, if they deleted it, and those who look after the space.

    Raises ``NotFound``, ``NotYourPost``, ``NotYourVoice`` and ``NotYoursToRestore``.
    """
    found = hold_post(post_id, by)
    post = found.post
    if not is_deleted(post):
        return post
    if not found.held.tends:
        if post.author_id != by.pk:
            raise NotYourPost
        if not post.deletion.by_author:
            raise NotYoursToRestore
        keep_voice(post.voice, found.held.topic.space_id, by)
    if post.author_id != by.pk:
        record(RESTORED, by_id=by.pk, about_id=post.author_id, at=at, post_id=post.pk)
    Deletion.objects.filter(post=post).delete()
    note_changed(PostRestored, found.held.topic, post, by_id=by.pk, at=at)
    return post


def hold_post(post_id: int, by: Person) -> HeldPost:
    """Hold a post and its topic, which whoever acts must reach. Raises ``NotFound`` and ``MovedMeanwhile``."""
    topic_id = Post.objects.filter(pk=post_id).values_list("topic_id", flat=True).first()
    if topic_id is None:
        raise NotFound
    held = hold_topic(topic_id, by)
    found = Post.objects.select_related("deletion").filter(pk=post_id, topic=held.topic).first()
    if found is None:
        raise MovedMeanwhile
    if found.moved_to_id is not None:
        raise NotFound
    return HeldPost(found, held)


def is_deleted(post: Post) -> bool:
    """Say whether a post that was read with its deletion is deleted."""
    return hasattr(post, "deletion")
