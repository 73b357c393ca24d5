"""A post that looks like spam is kept instead of written: it reaches nobody before somebody has looked."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from porch.conversation.posts.models import Post
from porch.conversation.posts.writing import Wish, WritingIsHeld
from porch.conversation.topics.models import Kind, Topic
from porch.engine.facts.noting import note
from porch.kit.locks import take_turns
from porch.kit.refusals import Conflict
from porch.moderation.facts import PostHeld
from porch.moderation.holding.models import HeldPost, State
from porch.moderation.trust.asking import ask_about_writing
from porch.moderation.trust.levels import Level
from porch.moderation.trust.reads import Standing
from porch.moderation.trust.signals import (
    QUICK,
    SPEED,
    SPEED_WITHIN,
    TOPICS_WITHIN,
    WAITING_STOPS,
    addresses_elsewhere,
    fingerprint,
)

# No account fills the queue.
MOST_WAITING = 20
COMPARED, COMPARED_FOR = 20, timedelta(days=14)


class EnoughWaits(Conflict):
    text = _("So many of your posts wait for a look that no more are taken now.")
    hint = _("Wait until somebody has looked. You are told.")


class CannotBeKept(Conflict):
    text = _("A new member's post like this waits for a look, and this one cannot be looked at.")
    hint = _(
        "Nobody looks into direct conversations, and a poll does not wait. Leave out the links, say it in words of its "
        "own, or write in a space first."
    )


def look_at(wish: Wish) -> WritingIsHeld | None:
    """Ask what is asked of whoever writes; keep what looks like spam, and give the refusal that says so."""
    # Two windows at once have one limit.
    take_turns(f"written by {wish.by.pk}")
    known = ask_about_writing(wish)
    if known.level(wish.at) != Level.NEW:
        return None
    why = signals_in(wish, known)
    if why and (wish.space.is_direct or wish.kind == Kind.POLL):
        raise CannotBeKept
    return keep(wish, why) if why else None


def signals_in(wish: Wish, known: Standing) -> list[str]:
    """Name what looks like spam in what a new member is about to write."""
    # Only those who write for the first days are asked, so these queries are few.
    mine = HeldPost.objects.filter(author=wish.by)
    words = fingerprint(wish.rendered.source)
    since = wish.at - COMPARED_FOR
    sources = (
        Post.objects.filter(author=wish.by, at__gt=since).order_by("-id").values_list("source", flat=True)
    )
    recent = Post.objects.filter(author=wish.by, at__gt=wish.at - SPEED_WITHIN)
    just_held = mine.filter(at__gt=wish.at - SPEED_WITHIN)
    begun = Topic.objects.filter(author=wish.by, begun_at__gt=wish.at - TOPICS_WITHIN)
    found = {
        "links": bool(addresses_elsewhere(wish.rendered.html, wish.rendered.source)),
        "repeated": bool(words)
        and (
            HeldPost.objects.filter(fingerprint=words, at__gt=since).exclude(state=State.APPROVED).exists()
            or words in map(fingerprint, sources[:COMPARED])
        ),
        "quick": known.joined_at is not None and wish.at - known.joined_at < QUICK,
        "speed": recent.count() + just_held.count() >= SPEED,
        "topics": wish.topic is None and begun.exists(),
        "waiting": mine.filter(state=State.WAITING).count() >= WAITING_STOPS,
    }
    return [name for name, is_there in found.items() if is_there]


def keep(wish: Wish, why: list[str]) -> WritingIsHeld:
    """Keep a post. Sent twice under one key, it is kept once. Raises ``EnoughWaits``."""
    told = WritingIsHeld(reverse("held-posts"))
    mine = HeldPost.objects.filter(author=wish.by)
    if wish.sent_as is not None and mine.filter(sent_as=wish.sent_as).exists():
        return told
    if mine.filter(state=State.WAITING).count() >= MOST_WAITING:
        raise EnoughWaits
    held = HeldPost.objects.create(
        author=wish.by,
        space=wish.space,
        topic=wish.topic,
        title=wish.title,
        kind=wish.kind,
        source=wish.rendered.source,
        html=wish.rendered.html,
        fingerprint=fingerprint(wish.rendered.source),
        reply_to=wish.reply_to,
        sent_as=wish.sent_as,
        why=",".join(why),
        at=wish.at,
    )
    note(PostHeld(held_post_id=held.pk, space_id=wish.space.pk, at=wish.at))
    return told
