"""Giving an emoji to a post, and taking it back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from porch.conversation.posts.changing import HeldPost, PostIsDeleted, hold_post, is_deleted
from porch.conversation.posts.facts import DirectEdited
from porch.conversation.posts.reads import read_counts
from porch.conversation.posts.writing import member_of
from porch.conversation.reactions.emoji import clean_emoji
from porch.conversation.reactions.facts import PostReacted, ReactionWithdrawn
from porch.conversation.reactions.models import Reaction, count_reactions
from porch.conversation.topics.finding import require_in_use
from porch.engine.facts.noting import note
from porch.kit.refusals import Conflict
from porch.people.identity.models import Person

MOST_OF_ONE, MOST_KINDS = 12, 20


class TooManyOfYours(Conflict):
    text = _("You gave this post %(most)s emoji already.")
    hint = _("Take one of them back first.")


class TooManyKinds(Conflict):
    text = _("This post has %(most)s different emoji already.")
    hint = _("Give one of those that are there.")


def react(*, post_id: int, emoji: str, by: Person, at: datetime, is_given: bool | None = None) -> str:
    """Give an emoji to a post, or take it back; without ``is_given`` it is the other of what it was.

    Give what reactions the post has then. Reactions go on where a topic is closed. Raises ``NotFound``,
    ``SpaceIsArchived``, ``PostIsDeleted``, ``NotOneEmoji``, ``TooManyOfYours`` and ``TooManyKinds``.
    """
    emoji = clean_emoji(emoji)
    with transaction.atomic():
        found = hold_post(post_id, by)
        require_in_use(found.held.topic.space)
        if is_deleted(found.post):
            raise PostIsDeleted
        mine = Reaction.objects.filter(post=found.post, member_id=found.held.member_id)
        given = mine.filter(emoji=emoji)
        is_there = given.exists()
        if is_there == is_given:
            return found.post.reactions
        if is_there:
            given.delete()
        else:
            require_room(found, emoji, mine.count())
            Reaction.objects.create(post=found.post, member_id=found.held.member_id, emoji=emoji, at=at)
        text = count_reactions(post_id)
        topic = found.held.topic
        if topic.space.is_direct:
            note(DirectEdited(post_id=post_id, topic_id=topic.pk, at=at))
            return text
        kind = ReactionWithdrawn if is_there else PostReacted
        note(
            kind(
                post_id=post_id,
                topic_id=topic.pk,
                space_id=topic.space_id,
                member_id=found.held.member_id,
                target_member_id=member_of(found.post),
                at=at,
            )
        )
        return text


def require_room(found: HeldPost, emoji: str, mine: int) -> None:
    """Refuse what would be too much. Raises ``TooManyOfYours`` and ``TooManyKinds``."""
    if mine >= MOST_OF_ONE:
        raise TooManyOfYours(most=MOST_OF_ONE)
    kinds = [each for each, _many in read_counts(found.post.reactions)]
    if emoji not in kinds and len(kinds) >= MOST_KINDS:
        raise TooManyKinds(most=MOST_KINDS)
