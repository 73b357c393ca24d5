"""A poll as the page of its topic shows it, in one query; and who chose what in an open one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    When,
)

from porch.community.membership.models import Member
from porch.conversation.polls.models import Ballot, Choice, Option, Poll
from porch.conversation.polls.voting import is_over
from porch.conversation.spaces.members import members_reaching
from porch.kit.paging import page_of
from porch.kit.prepared import Prepared

# Of a secret poll with fewer votes nothing is shown: it would say too much of each.
FEWEST_SHOWN = 3
PAGE = 50


@dataclass(frozen=True, slots=True)
class OptionRow:
    """An option with its poll, and whether whoever looks chose it. The last three are counted as long as it runs."""

    id: int
    text: str
    votes: int
    poll__most: int
    poll__is_secret: bool
    poll__closes_at: datetime | None
    poll__closed_at: datetime | None
    poll__counted_at: datetime | None
    poll__voters: int
    poll__reached: int | None
    poll__voted: int | None
    is_mine: bool
    has_voted: bool
    reaching: int | None
    voting: int | None


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many of those who can read a poll have voted, and how many votes came from others, who no longer can."""

    voted: int
    reached: int
    others: int
    counted_at: datetime | None

    @property
    def percent(self) -> int:
        return round(100 * self.voted / self.reached) if self.reached else 0


@dataclass(frozen=True, slots=True)
class ShownPoll:
    """A poll for one reader, at one moment."""

    options: list[OptionRow]
    most: int
    is_secret: bool
    closes_at: datetime | None
    closed_at: datetime | None
    voters: int
    has_voted: bool
    is_over: bool
    turnout: Turnout

    @property
    def shows_result(self) -> bool:
        """A secret poll shows its result at the end: what it gains from one look to the next would tell a vote."""
        if self.is_secret:
            return self.is_over and self.voters >= FEWEST_SHOWN
        return self.is_over or self.has_voted

    def share(self, option: OptionRow) -> int:
        """Give the share of those who voted that chose an option, in percent."""
        return round(100 * option.votes / self.voters) if self.voters else 0


def count_of(found: QuerySet[Any]) -> Case:
    """Count rows beside an option, as long as its poll runs."""
    counted = found.order_by().annotate(n=Func(F("pk"), function="COUNT")).values("n")
    return Case(
        When(poll__closed_at__isnull=True, then=Subquery(counted)), default=None, output_field=IntegerField()
    )


def options_of(topic: Any, space: Any, member: Any) -> QuerySet[Option]:
    """Select the options of a poll in their order, with what a member chose and who can read it now."""
    mine = Choice.objects.filter(option=OuterRef("pk"), ballot__member_id=member)
    ballots = Ballot.objects.filter(poll_id=topic)
    return (
        Option.objects.filter(poll_id=topic)
        .select_related("poll")
        .annotate(
            is_mine=Exists(mine),
            has_voted=Exists(ballots.filter(member_id=member)),
            reaching=count_of(members_reaching(space)),
            voting=count_of(ballots.filter(member__in=members_reaching(space).values("pk"))),
        )
        .order_by("place")
    )


POLL = Prepared(
    options_of, OptionRow, topic=BigIntegerField(), space=BigIntegerField(), member=BigIntegerField()
)


def find_poll(topic_id: int, space_id: int, member_id: int, *, at: datetime) -> ShownPoll | None:
    """Give the poll of a topic that somebody was found to reach; None where it has none."""
    options = POLL.all(topic=topic_id, space=space_id, member=member_id)
    if not options:
        return None
    one = options[0]
    voted = one.voting if one.poll__voted is None else one.poll__voted
    reached = one.reaching if one.poll__reached is None else one.poll__reached
    ends = one.poll__closed_at or one.poll__closes_at
    return ShownPoll(
        options=options,
        most=one.poll__most,
        is_secret=one.poll__is_secret,
        closes_at=one.poll__closes_at,
        closed_at=one.poll__closed_at,
        voters=one.poll__voters,
        has_voted=one.has_voted,
        is_over=ends is not None and ends <= at,
        turnout=Turnout(voted or 0, reached or 0, one.poll__voters - (voted or 0), one.poll__counted_at),
    )


@dataclass(frozen=True, slots=True)
class Chosen:
    """What one member chose in an open poll."""

    member: Member
    options: list[str]


def who_chose(topic_id: int, number: int) -> tuple[list[Chosen], bool]:
    """Give a page of who chose what in an open poll, and say whether there is another. A secret one has none."""
    found = ballots_in(topic_id).order_by("member__person__name", "pk")
    rows, has_more = page_of(found, number, PAGE)
    return [chosen_in(each) for each in rows], has_more


def ballots_in(topic_id: int) -> QuerySet[Ballot]:
    """Select who voted in an open poll, with what they chose. A secret one has none."""
    found = Ballot.objects.filter(poll_id=topic_id, poll__is_secret=False).select_related("member__person")
    return found.prefetch_related("choices__option")


def chosen_in(ballot: Ballot) -> Chosen:
    """Say what a ballot chose, in the order of the options."""
    chosen = sorted(ballot.choices.all(), key=lambda each: each.option.place)
    return Chosen(ballot.member, [each.option.text for each in chosen])


def ballots_shown_to(member_id: int, topic_id: int, *, at: datetime) -> QuerySet[Ballot] | None:
    """Select who chose what, for who voted, and for all when it is over; None where that is not shown."""
    poll = Poll.objects.filter(pk=topic_id, is_secret=False).first()
    if poll is None:
        return None
    if not is_over(poll, at) and not Ballot.objects.filter(poll=poll, member_id=member_id).exists():
        return None
    return ballots_in(topic_id)
