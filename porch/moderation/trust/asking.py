"""What is asked of whoever writes: that they are not silenced, not too quick, and within the limits of their level."""

from datetime import UTC, datetime, timedelta

from django.utils.dates import MONTHS_3
from django.utils.translation import gettext_lazy as _

from porch.conversation.posts.changing import Change
from porch.conversation.posts.models import Post
from porch.conversation.posts.writing import Wish
from porch.conversation.topics.models import Topic
from porch.conversation.wording.quoting import NAMED
from porch.kit.markdown import Rendered
from porch.kit.refusals import BadInput, Conflict, NotAllowed
from porch.moderation.holding.models import HeldPost
from porch.moderation.trust.levels import LIMITS, Level, Limits
from porch.moderation.trust.reads import Standing, standing_of
from porch.moderation.trust.signals import addresses_elsewhere, links_elsewhere

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class IsSilenced(NotAllowed):
    text = _("You are silenced here: you read everything, and write again from %(again)s on.")
    hint = _("Your account says why, and how to appeal.")


class IsTooSoon(Conflict):
    status = 429
    text = _("Slow mode is on in this space: each member writes once in %(span)s.")
    hint = _("You can write again in %(wait)s, from %(again)s on. Your words stay in the form.")


class WroteEnough(Conflict):
    status = 429
    text = _("That is as much as you can write for now: %(most)s posts %(span)s.")
    hint = _("It goes on in %(wait)s, at %(again)s. The limit grows with time: “Your standing” says how.")


class BeganEnough(Conflict):
    status = 429
    text = _("That is as many topics as you can begin in a day: %(most)s.")
    hint = _("It goes on in %(wait)s, at %(again)s. Until then you can write in the topics that there are.")


class HasTooMany(BadInput):
    text = _("There are %(count)s %(things)s in it; at most %(most)s fit.")
    hint = _("Take some out. The limit grows with time: “Your standing” says how.")


class AddsLinks(NotAllowed):
    text = _("A new member does not put links to other places into a post that stands already.")
    hint = _("Write it in a new post: somebody looks at it, and then everyone reads it.")


def ask_about_writing(wish: Wish) -> Standing:
    """Refuse what somebody may not write now, and give what is known of them.

    Raises ``IsSilenced``, ``IsTooSoon``, ``WroteEnough``, ``BeganEnough`` and ``HasTooMany``.
    """
    known = standing_of(wish.by.pk, wish.at, space_id=wish.space.pk)
    require_voice(known)
    level = known.level(wish.at)
    if level == Level.STEWARD:
        return known
    require_slowness(wish)
    limits = LIMITS[level]
    require_pace(wish, limits)
    require_measure(wish.rendered, limits)
    return known


def ask_about_change(change: Change) -> None:
    """Refuse what somebody may not make of their post. Raises ``IsSilenced``, ``AddsLinks`` and ``HasTooMany``."""
    known = standing_of(change.by.pk, change.at, space_id=change.held.topic.space_id)
    require_voice(known)
    level = known.level(change.at)
    if level == Level.STEWARD:
        return
    before = addresses_elsewhere(change.post.html, change.post.source)
    after = addresses_elsewhere(change.rendered.html, change.rendered.source)
    if level == Level.NEW and after - before:
        raise AddsLinks
    require_measure(change.rendered, LIMITS[level])


def require_voice(known: Standing) -> None:
    """Refuse whoever is silenced; to the second. Raises ``IsSilenced``."""
    if known.silenced_until is not None:
        raise IsSilenced(again=in_words(known.silenced_until))


def require_slowness(wish: Wish) -> None:
    """Refuse a post that comes too soon after another in a space that is slow. Raises ``IsTooSoon``."""
    seconds = wish.space.slow_seconds
    if not seconds:
        return
    since = wish.at - timedelta(seconds=seconds)
    own = Post.objects.filter(author=wish.by, topic__space=wish.space, at__gt=since)
    last = own.order_by("-id").values_list("at", flat=True).first()
    if last is not None:
        again = last + timedelta(seconds=seconds)
        raise IsTooSoon(span=span_of(seconds), **going_on(again, wish.at))


def require_pace(wish: Wish, limits: Limits) -> None:
    """Refuse more posts and topics than fit into an hour and a day. Raises ``WroteEnough`` and ``BeganEnough``.

    What was deleted counts, and so does what waits for a look.
    """
    times = written_at(wish, limits.a_day)
    for most, span, words in ((limits.an_hour, HOUR, _("in an hour")), (limits.a_day, DAY, _("in a day"))):
        if len(times) >= most and times[most - 1] > wish.at - span:
            raise WroteEnough(most=most, span=words, **going_on(times[most - 1] + span, wish.at))
    if wish.topic is None:
        began = topics_begun_at(wish, limits.topics)
        if len(began) >= limits.topics and began[-1] > wish.at - DAY:
            raise BeganEnough(most=limits.topics, **going_on(began[-1] + DAY, wish.at))


def written_at(wish: Wish, most: int) -> list[datetime]:
    """Give when somebody wrote within a day, the newest first; at most so many."""
    since = wish.at - DAY
    posts = Post.objects.filter(author=wish.by, at__gt=since).order_by("-id").values_list("at", flat=True)
    held = HeldPost.objects.filter(author=wish.by, at__gt=since, post__isnull=True)
    found = [*posts[:most], *held.order_by("-id").values_list("at", flat=True)[:most]]
    return sorted(found, reverse=True)[:most]


def topics_begun_at(wish: Wish, most: int) -> list[datetime]:
    """Give when somebody began topics within a day, the newest first; at most so many."""
    since = wish.at - DAY
    topics = Topic.objects.filter(author=wish.by, begun_at__gt=since).values_list("begun_at", flat=True)
    held = HeldPost.objects.filter(author=wish.by, at__gt=since, topic__isnull=True, post__isnull=True)
    found = [*topics.order_by("-id")[:most], *held.order_by("-id").values_list("at", flat=True)[:most]]
    return sorted(found, reverse=True)[:most]


def require_measure(rendered: Rendered, limits: Limits) -> None:
    """Refuse more links, mentions and pictures than fit into one post. Raises ``HasTooMany``."""
    for count, most, things in (
        (len(links_elsewhere(rendered.html)), limits.links, _("links")),
        (len(NAMED.findall(rendered.source)), limits.mentions, _("mentions")),
        (rendered.html.count("<img"), limits.pictures, _("pictures")),
    ):
        if count > most:
            raise HasTooMany(count=count, most=most, things=things)


def going_on(again: datetime, at: datetime) -> dict[str, object]:
    """Say when it goes on, and in how long."""
    return {"again": in_words(again), "wait": span_of(max(int((again - at).total_seconds()), 1))}


def in_words(at: datetime) -> str:
    """Write an instant for a refusal as the pages do; to the minute, and none before it."""
    at = (at + timedelta(minutes=1, microseconds=-1)).astimezone(UTC)
    return f"{at.day} {str(MONTHS_3[at.month]).title()} {at.year}, {at:%H:%M} UTC"


def span_of(seconds: int) -> str:
    """Write a span for a refusal, in the largest unit that it fills."""
    for size, word in ((3600, _("%(n)s h")), (60, _("%(n)s min"))):
        if seconds >= size:
            return str(word) % {"n": -(-seconds // size)}
    return str(_("%(n)s s")) % {"n": seconds}
