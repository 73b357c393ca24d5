"""Answering what one was asked: a reply to the post, another post that one counts as the answer, or no answer."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from porch.conversation.asks.facts import AskAnswered, AskDeclined
from porch.conversation.asks.models import Ask, Asked
from porch.conversation.posts.changing import NotYourPost, PostIsDeleted, hold_post, is_deleted
from porch.conversation.posts.models import Post
from porch.engine.facts.noting import note
from porch.kit.refusals import Conflict, NotFound
from porch.people.identity.models import Person


class NotAsked(Conflict):
    text = _("You are not on the list of those who were asked here.")
    hint = _("You can still reply; it is only not counted.")


class CannotBeTheAnswer(Conflict):
    text = _("This post cannot be your answer.")
    hint = _("Choose one that you wrote in this topic after you were asked.")


class HasAnswered(Conflict):
    text = _("You have answered already.")
    hint = _("Nothing was changed.")


def count_reply(post: Post, answered: Post | None, member_id: int) -> None:
    """Count a reply to a post that asks as its writer's answer: the first one, in the transaction that writes it."""
    if answered is None:
        return
    waiting = Asked.objects.filter(ask__post=answered, member_id=member_id, answered_at__isnull=True)
    found = waiting.first()
    if found is not None:
        set_answer(found, post, member_id, post.at)


@transaction.atomic
def count_post(*, ask_post_id: int, post_id: int, by: Person, at: datetime) -> Asked:
    """Count another post of one's own in the topic as the answer, from now on: what was late stays late.

    Raises ``NotFound``, ``NotYourPost``, ``NotAsked``, ``PostIsDeleted``, ``CannotBeTheAnswer`` and ``HasAnswered``.
    """
    found = hold_post(post_id, by)
    post = found.post
    if post.author_id != by.pk:
        raise NotYourPost
    if is_deleted(post):
        raise PostIsDeleted
    ask = Ask.objects.select_related("post").filter(post_id=ask_post_id, post__topic=post.topic_id).first()
    if ask is None:
        raise NotFound
    if post.number <= ask.post.number or post.at < ask.at:
        raise CannotBeTheAnswer
    asked = asked_in(ask, found.held.member_id)
    if asked.answered_at is not None:
        raise HasAnswered
    return set_answer(asked, post, found.held.member_id, at)


@transaction.atomic
def decline(*, post_id: int, by: Person, at: datetime) -> Asked:
    """Say that one has no answer: one is not reminded, and counts as asked, not as somebody who answered.

    Done twice, it is done once. Raises ``NotFound``, ``NotAsked`` and ``HasAnswered``.
    """
    held = hold_post(post_id, by).held
    ask = Ask.objects.filter(post_id=post_id).first()
    if ask is None:
        raise NotFound
    asked = asked_in(ask, held.member_id)
    if asked.answered_at is not None:
        raise HasAnswered
    if asked.declined_at is None:
        asked.declined_at = at
        asked.save(update_fields=["declined_at"])
        note(AskDeclined(ask_id=ask.pk, topic_id=held.topic.pk, member_id=held.member_id, at=at))
    return asked


def asked_in(ask: Ask, member_id: int) -> Asked:
    """Find a member on the list of an ask. Raises ``NotAsked``."""
    found = Asked.objects.filter(ask=ask, member_id=member_id).first()
    if found is None:
        raise NotAsked
    return found


def set_answer(asked: Asked, post: Post, member_id: int, at: datetime) -> Asked:
    """Write down a first answer; who had said that they have none, has one after all."""
    asked.answered_at, asked.answer, asked.declined_at = at, post, None
    asked.save(update_fields=["answered_at", "answer", "declined_at"])
    note(AskAnswered(ask_id=asked.ask_id, topic_id=post.topic_id, member_id=member_id, at=at))
    return asked
