"""Asks on the page of a topic, in one query; the list of one; and what waits for one's own answer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, Count, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from porch.conversation.asks.models import Ask, Asked
from porch.conversation.posts.reads import ReachedPost
from porch.conversation.spaces.rules import reached_by
from porch.conversation.topics.finding import NotYoursToTend
from porch.kit.prepared import Prepared

MOST_ON_A_PAGE, MOST_WAITING = 50, 100


@dataclass(frozen=True, slots=True)
class AskRow:
    """An ask as its post shows it, and where whoever looks stands in it. ``in_time`` is how many answered by then."""

    id: int
    post__number: int
    post_id: int
    at: datetime
    until: datetime
    asked: int
    reminded_at: datetime | None
    in_time: int
    late: int
    declined: int
    mine: int | None
    my_answer_at: datetime | None
    my_decline_at: datetime | None

    @property
    def percent(self) -> int:
        """The response rate: the share of those asked who answered by the deadline (C22)."""
        return round(100 * self.in_time / self.asked)

    @property
    def waits(self) -> bool:
        return self.mine is not None and self.my_answer_at is None and self.my_decline_at is None


def asks_of(topic: Any, member: Any) -> QuerySet[Ask]:
    """Select the asks of a topic, with how many answered in time and late, and where a member stands in each."""
    theirs = Asked.objects.filter(ask=OuterRef("pk"))
    mine = theirs.filter(member_id=member)
    return (
        Ask.objects.filter(post__topic_id=topic)
        .select_related("post")
        .annotate(
            in_time=number_of(theirs.filter(answered_at__lte=OuterRef("until"))),
            late=number_of(theirs.filter(answered_at__gt=OuterRef("until"))),
            declined=number_of(theirs.filter(declined_at__isnull=False)),
            mine=Subquery(mine.values("pk")[:1]),
            my_answer_at=Subquery(mine.values("answered_at")[:1]),
            my_decline_at=Subquery(mine.values("declined_at")[:1]),
        )
        .order_by("-post__number")[:MOST_ON_A_PAGE]
    )


def number_of(found: QuerySet[Asked]) -> Coalesce:
    """Count rows beside an ask."""
    counted = found.order_by().annotate(n=Func(F("pk"), function="COUNT")).values("n")
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())


ASKS = Prepared(asks_of, AskRow, topic=BigIntegerField(), member=BigIntegerField())


def asks_in(topic_id: int, member_id: int) -> dict[int, AskRow]:
    """Give the asks of a topic that somebody was found to reach, by the number of their post; the newest fifty."""
    return {each.post__number: each for each in ASKS.all(topic=topic_id, member=member_id)}


def waiting_for(person_id: int) -> QuerySet[Asked]:
    """Select what waits for somebody's answer where they still reach it, the nearest deadline first."""
    found = Asked.objects.filter(
        reached_by(person_id, "ask__post__topic__space__"),
        member__person_id=person_id,
        answered_at__isnull=True,
        declined_at__isnull=True,
        ask__post__topic__closure__isnull=True,
        ask__post__topic__space__archived_at__isnull=True,
        ask__post__deletion__isnull=True,
    )
    return found.select_related("ask__post__topic__space", "ask__post__author").order_by("ask__until", "pk")


@dataclass(frozen=True, slots=True)
class Response:
    """How an ask was answered, exactly: ``n`` is the list as it was frozen. ``gone`` of these are members no more."""

    n: int
    in_time: int
    late: int
    declined: int
    gone: int

    @property
    def percent(self) -> int:
        return round(100 * self.in_time / self.n)

    @property
    def silent(self) -> int:
        return self.n - self.in_time - self.late - self.declined


def response_of(ask: Ask) -> Response:
    """Count who answered an ask by its deadline, who later, who had no answer, and who is no member any more."""
    is_gone = Q(member__isnull=True) | Q(member__left_at__isnull=False)
    found = Asked.objects.filter(ask=ask).aggregate(
        in_time=Count("pk", filter=Q(answered_at__lte=ask.until)),
        late=Count("pk", filter=Q(answered_at__gt=ask.until)),
        declined=Count("pk", filter=Q(declined_at__isnull=False)),
        gone=Count("pk", filter=is_gone),
    )
    return Response(n=ask.asked, **found)


def find_listed(post: ReachedPost, person_id: int) -> Ask | None:
    """Find the ask of a post for whoever may read who answered: who asked, and who looks after the space.

    That there is one is seen by all who read the post. Raises ``NotYoursToTend``.
    """
    ask = Ask.objects.filter(post_id=post.id).first()
    if ask is not None and not post.tends and post.author_id != person_id:
        raise NotYoursToTend
    return ask


def list_of(ask: Ask) -> QuerySet[Asked]:
    """Select everyone on the list of an ask, by name; those who were erased last."""
    found = Asked.objects.filter(ask=ask).select_related("member__person", "answer")
    return found.order_by(F("member__person__name").asc(nulls_last=True), "pk")
