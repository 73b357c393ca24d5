"""The verbs of held posts: post one in its author's name, decline it, take one's own back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from porch.conversation.posts.models import Post
from porch.conversation.posts.writing import begin_topic, write_post
from porch.kit.locks import take_turns
from porch.kit.refusals import Conflict, NotFound
from porch.moderation.holding.models import HeldPost, State
from porch.people.identity.models import Person


class IsDecided(Conflict):
    text = _("This post does not wait any more.")
    hint = _("Load the page anew to see what became of it.")


def take_turn_about(person_id: int) -> None:
    """Wait until nobody else decides about what this person wrote; before anything else is held."""
    take_turns(f"case {person_id}")


def write_held(held: HeldPost, *, at: datetime) -> Post:
    """Write what was held, as its author and with the time of now. Raises what those verbs raise."""
    author = Person.objects.get(pk=held.author_id)
    if held.topic_id is None:
        return begin_topic(
            space_id=held.space_id,
            title=held.title,
            source=held.source,
            kind=held.kind,
            by=author,
            at=at,
            sent_as=held.sent_as,
            is_looked_at=True,
        )
    answered = Post.objects.filter(topic=held.topic_id, number=held.reply_to or 0, deletion__isnull=True)
    return write_post(
        topic_id=held.topic_id,
        source=held.source,
        by=author,
        at=at,
        reply_to=held.reply_to if held.reply_to and answered.exists() else None,
        sent_as=held.sent_as,
        is_looked_at=True,
    )


@transaction.atomic
def withdraw_held(*, held_id: int, by: Person, at: datetime) -> HeldPost:
    """Take one's own post back before anybody has decided. Raises ``NotFound`` and ``IsDecided``."""
    take_turn_about(by.pk)
    held = HeldPost.objects.select_for_update(of=("self",)).filter(pk=held_id, author=by).first()
    if held is None:
        raise NotFound
    if held.state != State.WAITING:
        raise IsDecided
    held.state, held.decided_at = State.WITHDRAWN, at
    held.save(update_fields=["state", "decided_at"])
    return held
