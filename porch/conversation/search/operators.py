"""Operators of the search: each reads its value and says which posts fit. Who reaches them is asked beside it.

A new one is a line in ``OPERATORS``: a function of the value and of whoever asks that gives a ``Fits``.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from django.conf import settings
from django.db.models import Exists, F, Max, Min, OuterRef, Q
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from porch.community.membership.models import Member
from porch.community.profiles.search import by_name
from porch.community.profiles.values import MOST_START, MOST_WORDS, words
from porch.conversation.posts.models import Post
from porch.conversation.search.asking import Operator
from porch.conversation.spaces.reads import SPACES
from porch.conversation.tags.actions import folded
from porch.conversation.tags.models import TopicTag
from porch.conversation.topics.models import Kind
from porch.conversation.topics.voices import Voice
from porch.kit.text import fold

MOST_PEOPLE, MOST_SPACES = 50, 50
LAST = 2**62
# Spaces with no more posts than this are read through; in larger ones words lead.
FEW_POSTS = 5_000
MONTH, YEAR = re.compile(r"\d{4}-\d{2}"), re.compile(r"\d{4}")
ME = "me"
STATES: dict[str, Q] = {
    "unanswered": Q(topic__kind=Kind.QUESTION, topic__answer__isnull=True),
    "answered": Q(topic__kind=Kind.QUESTION, topic__answer__isnull=False),
    "answer": Q(topic__answer=F("number")),
    "first": Q(number=1),
    "pinned": Q(topic__is_pinned=True),
    "closed": Q(topic__closure__isnull=False),
    "open": Q(topic__closure__isnull=True, topic__space__archived_at__isnull=True),
    **{kind.value: Q(topic__kind=kind) for kind in Kind},
}


class NotUnderstood(Exception):
    """What is wrong with an operator, in words for whoever typed it."""


@dataclass(frozen=True, slots=True)
class Fits:
    """Which posts fit. ``authors`` and ``spaces`` name where they all stand, if that is few enough to begin there.

    ``below`` and ``above`` bound their numbers.
    """

    rows: Q
    authors: Sequence[int] = ()
    spaces: Sequence[int] = ()
    below: int | None = None
    above: int | None = None


def written_by(value: str, person_id: int) -> Fits:
    """Posts of those whose name has these words, or of oneself."""
    if value.casefold() == ME:
        return Fits(Q(author_id=person_id), authors=[person_id])
    sought = words(value.strip("*"))[:MOST_WORDS]
    found = Member.objects.present().filter(person__is_active=True)
    for each in sought:
        found = found.filter(pk__in=by_name(each[:MOST_START]).rows.values("member_id"))
    named = (
        found.order_by("-pk").values_list("person_id", "person__name")[: 4 * MOST_PEOPLE] if sought else []
    )
    is_whole = not value.endswith("*")
    ids = [pk for pk, name in named if not is_whole or set(sought) <= set(words(name))][:MOST_PEOPLE]
    # What the organisation says is found by its name, and not by that of whoever wrote it.
    by_people = Q(author_id__in=ids) & ~Q(voice=Voice.ORGANISATION)
    if sought and sought == words(settings.PORCH_NAME)[:MOST_WORDS]:
        return Fits(by_people | Q(voice=Voice.ORGANISATION))
    if not ids:
        raise NotUnderstood(_("Nobody here is called “%(name)s”.") % {"name": value})
    return Fits(by_people, authors=ids)


def said_in(value: str, person_id: int) -> Fits:
    """Posts in a space that one reaches, by its name or its address."""
    sought = fold(value)
    spaces = [each for each in SPACES.all(person=person_id) if each.is_reached]
    found = [each for each in spaces if sought in (each.slug, fold(each.name))][:MOST_SPACES]
    if not found:
        raise NotUnderstood(_("No space that you read is called “%(name)s”.") % {"name": value})
    ids = [each.id for each in found]
    is_few = sum(each.posts for each in found) <= FEW_POSTS
    return Fits(Q(topic__space_id__in=ids), spaces=ids if is_few else ())


def tagged(value: str, person_id: int) -> Fits:
    """Posts in topics that have a tag; said twice, topics that have both.

    That there is no such tag is not told: a tag may be known only in spaces that whoever asks does not reach.
    """
    name = folded(value.replace("/", "-").strip().lstrip("#"))
    if not name:
        raise NotUnderstood(_("After “tag:” comes the name of a tag."))
    theirs = TopicTag.objects.filter(topic=OuterRef("topic"), tag__folded=name)
    return Fits(Q(Exists(theirs)))


def being(value: str, person_id: int) -> Fits:
    """Posts in topics of a kind or state."""
    if value.lower() not in STATES:
        raise NotUnderstood(_("After “is:” comes one of these: %(words)s.") % {"words": ", ".join(STATES)})
    return Fits(STATES[value.lower()])


def said_before(value: str, person_id: int) -> Fits:
    """Posts from before a day, a month or a year began."""
    at = begin_of(value, "before")
    last = Post.objects.filter(at__lt=at).aggregate(n=Max(F("pk") + 0))["n"]
    return Fits(Q(at__lt=at), below=(last or 0) + 1)


def said_after(value: str, person_id: int) -> Fits:
    """Posts from a day, a month or a year on."""
    at = begin_of(value, "after")
    first = Post.objects.filter(at__gte=at).aggregate(n=Min(F("pk") + 0))["n"]
    return Fits(Q(at__gte=at), above=LAST if first is None else first - 1)


# With "+ 0" the times lead the database through an index of their own, and not the posts themselves.
def begin_of(value: str, name: str) -> datetime:
    """Give the moment at which a day begins, where whoever asks is."""
    text = f"{value}-01" if MONTH.fullmatch(value) else f"{value}-01-01" if YEAR.fullmatch(value) else value
    try:
        day = parse_date(text)
        if day is not None:
            return timezone.make_aware(datetime.combine(day, time()))
    except (ValueError, OverflowError):
        pass
    raise NotUnderstood(
        _("“%(name)s:” needs a day, a month or a year, such as %(name)s:2026-03-31 or %(name)s:2026.")
        % {"name": name}
    )


Reads = Callable[[str, int], Fits]
OPERATORS: dict[str, Reads] = {
    "from": written_by,
    "in": said_in,
    "tag": tagged,
    "is": being,
    "before": said_before,
    "after": said_after,
}


def fits_of(operators: Sequence[Operator], person_id: int, problems: list[str]) -> list[Fits]:
    """Read operators; what is wrong with one is told, and the others count."""
    found = []
    for each in operators:
        try:
            fits = OPERATORS[each.name](each.value, person_id)
        except NotUnderstood as no:
            problems.append(str(no))
        else:
            found.append(Fits(~fits.rows) if each.is_not else fits)
    return found
