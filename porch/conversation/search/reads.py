"""Finding posts: those that somebody reaches, in the statement that brings them; a page at a cost that has a bound.

An index gives the posts that may have the words in the spaces that whoever asks reaches, the newest first, ``LOOK`` of
them at most; of these are shown those that fit. Where they are few, the page says that it can be gone on. What stands
elsewhere is not looked at, so neither a page nor its cursor tells whether there is any. The statement that brings the
posts asks once more who reaches them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import StrIndex

from porch.community.membership.models import here
from porch.conversation.posts.models import Post
from porch.conversation.search.asking import Asked, Term, read_query
from porch.conversation.search.engines import (
    NEWEST,
    OLDEST,
    Found,
    Listed,
    edge,
    led_by,
    list_of,
    match_all,
    taken,
)
from porch.conversation.search.models import Entry
from porch.conversation.search.operators import OPERATORS, Fits, fits_of
from porch.conversation.spaces.models import Space
from porch.conversation.spaces.participants import Participant
from porch.conversation.spaces.rules import reached_by
from porch.conversation.topics.voices import Spoken
from porch.kit.prepared import Prepared

# Shown on a page; looked at for one, and kept of these to be asked whether they are reached. Where nothing but words
# is sought, all that are looked at are shown, but for what changes in this moment.
PAGE, LOOK, FITTING, LOOK_AT_WORDS = 20, 2_000, 200, 60


@dataclass(frozen=True, slots=True)
class FoundPost(Spoken):
    """A post as the search shows it."""

    id: int
    number: int
    at: datetime
    html: str
    author__name: str | None
    topic_id: int
    topic__title: str
    topic__kind: str
    topic__answer: int | None
    topic__space__slug: str
    topic__space__name: str
    voice: int


@dataclass(frozen=True, slots=True)
class ReadSpace:
    id: int
    is_direct: bool


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page begins: after which post; among those whose title has the words, or after these."""

    start: int
    in_title: bool = False


@dataclass(slots=True)
class FoundPage:
    """A page of posts, and where the next begins. ``is_looking`` says that there is more to look through."""

    posts: list[FoundPost] = field(default_factory=list)
    on: Cursor | None = None
    is_looking: bool = False


def shown_to(person: Any) -> Q:
    """Say which posts somebody may find. Whatever else hides a post is asked here, and nowhere else."""
    found = Q(reached_by(person, "topic__space__"), deletion__isnull=True)
    for each in ASKED_BEFORE_FINDING:
        found &= each(person)
    return found


# Conditions on posts, for whoever asks: what is held back or hidden is not found. Higher floors add to it.
ASKED_BEFORE_FINDING: list[Callable[[Any], Q]] = []


def found_among(numbers: RawSQL, person: Any, *, is_newest: bool = True) -> QuerySet[Post]:
    """Select those of some posts that somebody may find, in the order of their numbers."""
    found = Post.objects.filter(shown_to(person), pk__in=numbers).select_related("topic__space", "author")
    return found.order_by("-pk" if is_newest else "pk")


def read_by(person: Any) -> QuerySet[Space]:
    """Select the spaces that somebody reaches, by the rule of ``reached_by``, and with a list of the direct ones."""
    taking_part = Participant.objects.filter(here("member__"), member__person_id=person, left_at__isnull=True)
    # Of all direct conversations of the house none is looked at but these.
    direct = Q(is_direct=True, pk__in=taking_part.values("space"))
    return Space.objects.filter(Q(Q(is_direct=False), reached_by(person)) | direct).order_by("pk")


READ_BY = Prepared(read_by, ReadSpace, person=BigIntegerField())


def spaces_read_by(person_id: int, *, with_direct: bool) -> list[int]:
    """Give the numbers of all spaces that somebody reaches, with their direct conversations or without these."""
    return [each.id for each in READ_BY.all(person=person_id) if with_direct or not each.is_direct]


# Those of posts that fit: in words that stay the same, since to write down who reaches what takes longer than to ask.
NEWEST_OF = Prepared(
    lambda numbers, person: found_among(Listed(numbers), person)[: PAGE + 1],
    FoundPost,
    numbers=CharField(),
    person=BigIntegerField(),
)
OLDEST_OF = Prepared(
    lambda numbers, person: found_among(Listed(numbers), person, is_newest=False)[: PAGE + 1],
    FoundPost,
    numbers=CharField(),
    person=BigIntegerField(),
)


def search(
    typed: str, person_id: int, *, cursor: Cursor | None, is_newest: bool = True, with_direct: bool = True
) -> tuple[FoundPage, Asked]:
    """Find a page of what somebody seeks, and say how it was understood."""
    asked = read_query(typed, list(OPERATORS))
    fits = fits_of(asked.operators, person_id, asked.problems)
    if not asked.terms and not fits:
        return FoundPage(), asked
    spaces = spaces_read_by(person_id, with_direct=with_direct)
    if not spaces:
        return FoundPage(), asked
    if is_newest and asked.terms and not (fits or asked.without or asked.phrases):
        return titles_first(asked, spaces, person_id, cursor or Cursor(NEWEST, in_title=True)), asked
    start = cursor.start if cursor else NEWEST if is_newest else OLDEST
    numbers = leading(asked, fits, spaces, within(fits, start, is_newest), is_newest)
    return filtered(asked, fits, numbers, person_id, is_newest), asked


def titles_first(asked: Asked, spaces: Sequence[int], person_id: int, cursor: Cursor) -> FoundPage:
    """Find posts by words alone: first those that begin a topic with all of them in its title, then the others."""
    titled, others = (match_all(asked.words, spaces, in_title=each) for each in (True, False))
    before: list[FoundPost] = []
    if cursor.in_title:
        before, last = with_words(titled, cursor.start, person_id)
        if len(before) > PAGE:
            return FoundPage(before[:PAGE], Cursor(before[PAGE - 1].id, in_title=True))
        if last is not None:
            return FoundPage(before, Cursor(last, in_title=True), is_looking=True)
        cursor = Cursor(NEWEST)
    after, last = with_words(others, cursor.start, person_id)
    room = PAGE - len(before)
    if len(after) > room:
        return FoundPage(before + after[:room], Cursor(after[room - 1].id) if room else cursor)
    return FoundPage(before + after, None if last is None else Cursor(last), is_looking=last is not None)


def with_words(match: str, start: int, person_id: int) -> tuple[list[FoundPost], int | None]:
    """Find posts that an index has, and how far these reach; None where there are no more."""
    numbers = taken(Found(match, start, most=LOOK_AT_WORDS))
    rows = NEWEST_OF.all(numbers=list_of(numbers), person=person_id) if numbers else []
    return rows, numbers[-1] if len(numbers) == LOOK_AT_WORDS else None


def filtered(
    asked: Asked, fits: Sequence[Fits], numbers: RawSQL, person_id: int, is_newest: bool
) -> FoundPage:
    """Find posts by words and conditions, in the order of their numbers."""
    # With no words, topics are sought, each by its first post.
    found = Post.objects.filter(*(each.rows for each in fits), *([] if asked.terms else [Q(number=1)]))
    for each in asked.terms:
        found = found.filter(saying(each))
    for each in asked.without:
        found = found.exclude(saying(each))
    found = found.filter(pk__in=numbers).order_by("-pk" if is_newest else "pk")
    fitting = list(found.values_list("pk", flat=True)[:FITTING])
    rows = (NEWEST_OF if is_newest else OLDEST_OF).all(numbers=list_of(fitting), person=person_id)
    if len(rows) > PAGE:
        return FoundPage(rows[:PAGE], Cursor(rows[PAGE - 1].id))
    last = fitting[-1] if len(fitting) == FITTING else edge(numbers, LOOK)
    return FoundPage(rows, None if last is None else Cursor(last), is_looking=last is not None)


def leading(asked: Asked, fits: Sequence[Fits], spaces: Sequence[int], start: int, is_newest: bool) -> RawSQL:
    """Choose what gives the posts to look at: authors or small spaces, else words, else the first of each topic."""
    for each in fits:
        if each.authors:
            return led_by("authors", each.authors, spaces, start, most=LOOK, is_newest=is_newest)
    for each in fits:
        if few := [space for space in each.spaces if space in spaces]:
            return led_by("spaces", (), few, start, most=LOOK, is_newest=is_newest)
    if asked.terms:
        return Found(match_all(asked.words, spaces), start, most=LOOK, is_newest=is_newest)
    return led_by("beginnings", (), spaces, start, most=LOOK, is_newest=is_newest)


def within(fits: Sequence[Fits], start: int, is_newest: bool) -> int:
    """Begin no earlier than where the first post can be."""
    if is_newest:
        return min([start, *(each.below for each in fits if each.below is not None)])
    return max([start, *(each.above for each in fits if each.above is not None)])


def saying(term: Term) -> Q:
    """Say that a post has a term, asked of its words: a phrase, or what is looked at by another index."""
    at = StrIndex("words", Value(term.said()))
    return Q(Exists(Entry.objects.annotate(at=at).filter(post=OuterRef("pk"), at__gt=0)))
