"""Asking: a post of those who look after a space asks members for an answer by a time, and may remind them once."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from porch.conversation.asks.acts import MEMBERS_ASKED
from porch.conversation.asks.facts import AskEnded, AskMade, AskReminded, MemberAsked
from porch.conversation.asks.models import Ask, Asked
from porch.conversation.asks.whom import Whom, members_asked
from porch.conversation.posts.changing import NotYourPost, PostIsDeleted, hold_post, is_deleted
from porch.conversation.topics.finding import NotYoursToTend, require_open
from porch.conversation.topics.models import Topic
from porch.engine.audit.recording import record
from porch.engine.facts.noting import note
from porch.kit.apart import each_apart
from porch.kit.refusals import BadInput, Conflict, NotFound
from porch.people.identity.models import Person

FARTHEST, MOST_AT_ONCE = timedelta(days=366), 100


class AsksAlready(Conflict):
    text = _("This post asks already. Its list was frozen then.")
    hint = _("Write another post to ask others.")


class NoTimeToAnswer(BadInput):
    text = _("Nobody could answer by then.")
    hint = _("Choose a time to come, at most a year ahead.")


class RemindedAlready(Conflict):
    text = _("Those who have not answered were reminded once, and that is all.")
    hint = _("Write to them yourself, if it matters.")


class AskIsOver(Conflict):
    text = _("The time to answer has passed.")
    hint = _("Nothing was changed.")


@transaction.atomic
def make_ask(*, post_id: int, whom: Whom, until: datetime, by: Person, at: datetime) -> Ask:
    """Have one's own post ask members for an answer by a time; whoever is asked is written down now and stays so.

    Raises ``NotFound``, ``NotYourPost``, ``NotYoursToTend``, ``PostIsDeleted``, ``AsksAlready``, ``NoTimeToAnswer``,
    the refusals of ``members_asked``, and those of a topic that is closed.
    """
    found = hold_post(post_id, by)
    post, held = found.post, found.held
    if post.author_id != by.pk:
        raise NotYourPost
    if not held.tends:
        raise NotYoursToTend
    require_open(held)
    if is_deleted(post):
        raise PostIsDeleted
    if Ask.objects.filter(post=post).exists():
        raise AsksAlready
    if not at < until <= at + FARTHEST:
        raise NoTimeToAnswer
    ids = members_asked(whom, space_id=held.topic.space_id, but=held.member_id)
    ask = Ask.objects.create(post=post, at=at, until=until, asked=len(ids))
    Asked.objects.bulk_create(Asked(ask=ask, member_id=each) for each in ids)
    Topic.objects.filter(pk=post.topic_id).update(asks=F("asks") + 1)
    record(MEMBERS_ASKED, by_id=by.pk, at=at, ask_id=ask.pk)
    note(AskMade(ask_id=ask.pk, post_id=post_id, topic_id=post.topic_id, space_id=held.topic.space_id, at=at))
    for each in ids:
        note(MemberAsked(ask_id=ask.pk, post_id=post_id, topic_id=post.topic_id, member_id=each, at=at))
    return ask


@transaction.atomic
def remind(*, post_id: int, by: Person, at: datetime) -> Ask:
    """Have those reminded who have not answered, once. Whoever asked may, as long as there is time.

    Raises ``NotFound``, ``NotYourPost``, ``RemindedAlready`` and ``AskIsOver``.
    """
    ask = hold_own_ask(post_id, by)
    if ask.reminded_at is not None:
        raise RemindedAlready
    if ask.until <= at:
        raise AskIsOver
    ask.reminded_at = at
    ask.save(update_fields=["reminded_at"])
    note(AskReminded(ask_id=ask.pk, post_id=post_id, topic_id=ask.post.topic_id, at=at))
    return ask


def hold_own_ask(post_id: int, by: Person) -> Ask:
    """Hold the ask that one's own post is. Raises ``NotFound`` and ``NotYourPost``."""
    found = hold_post(post_id, by)
    if found.post.author_id != by.pk:
        raise NotYourPost
    ask = Ask.objects.select_related("post").filter(post=found.post).first()
    if ask is None:
        raise NotFound
    return ask


def end_due_asks(*, at: datetime, hold: bool = False) -> int:
    """Note of the asks whose time has passed that it has; give how many. ``hold``: the clock is in doubt."""
    if hold:
        return 0
    due = Ask.objects.filter(until__lt=at, ended_at__isnull=True).order_by("until")
    return sum(each_apart(list(due.values_list("pk", flat=True)[:MOST_AT_ONCE]), lambda pk: end_ask(pk, at)))


@transaction.atomic
def end_ask(ask_id: int, at: datetime) -> bool:
    """Note the end of one ask, unless somebody was quicker; say whether it was just that."""
    if not Ask.objects.filter(pk=ask_id, until__lt=at, ended_at__isnull=True).update(ended_at=at):
        return False
    ask = Ask.objects.select_related("post").get(pk=ask_id)
    note(AskEnded(ask_id=ask_id, post_id=ask.post_id, topic_id=ask.post.topic_id, at=at))
    return True


def count_asks(*topics: Topic) -> None:
    """Write on topics how many of their posts ask, after some went from one to another."""
    for each in topics:
        each.asks = Ask.objects.filter(post__topic=each).count()
        each.save(update_fields=["asks"])
