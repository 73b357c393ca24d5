"""How far somebody is trusted, computed from rows whenever it is asked: nothing is kept that could be old."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import (
    BigIntegerField,
    DateTimeField,
    Exists,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
)

from porch.community.joining.models import Arrival, Way
from porch.community.membership.models import Member
from porch.conversation.posts.models import Post
from porch.conversation.reading.models import Reading
from porch.conversation.spaces.models import Space
from porch.conversation.spaces.rules import looked_after_by
from porch.kit.prepared import Prepared
from porch.kit.refusals import NotFound
from porch.moderation.reports.models import Outcome, Report
from porch.moderation.sanctions.models import Strike
from porch.moderation.trust.levels import NEEDS, UPHELD_NEW, UPHELD_NOT_TRUSTED, UPHELD_WITHIN, Level, Needs
from porch.people.identity.models import Person

MOST = NEEDS[Level.TRUSTED]


class Capped(Subquery):
    """How many rows a query has that is cut short: somebody who wrote much costs no more than others."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS capped)"
    output_field = IntegerField()


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of somebody: counts go as far as the highest level asks, and no farther."""

    id: int
    joined_at: datetime | None
    is_known: bool
    stood: int
    read: int
    upheld: int
    tends: bool
    silenced_until: datetime | None

    def reaches(self, needs: Needs, at: datetime) -> bool:
        """Say whether somebody has what a level asks for."""
        if self.joined_at is None:
            return False
        if at - self.joined_at < timedelta(days=needs.days):
            return False
        return self.stood >= needs.posts and self.read >= needs.topics

    def level(self, at: datetime) -> Level:
        """Give the level that somebody has now."""
        if self.tends:
            return Level.STEWARD
        if self.upheld >= UPHELD_NEW:
            return Level.NEW
        # Whoever was added by the command line is known to those who run the place.
        if self.upheld < UPHELD_NOT_TRUSTED and (self.is_known or self.reaches(NEEDS[Level.TRUSTED], at)):
            return Level.TRUSTED
        is_past_first = self.is_known or self.reaches(NEEDS[Level.MEMBER], at)
        return Level.MEMBER if is_past_first else Level.NEW


def standing(person: Any, space: Any, at: Any, since: Any) -> QuerySet[Person]:
    """Select what is known of somebody, as it counts in a space."""
    stood = Post.objects.filter(author=person, deletion__isnull=True).order_by("-id").values("pk")
    read = Reading.objects.filter(member__person=person, number__gt=0).order_by().values("pk")
    # From the reports of three months to their posts: the other way round it would cost by how much somebody wrote.
    theirs = Post.objects.filter(pk=OuterRef("post"), author=person)
    upheld = Report.objects.filter(Exists(theirs), outcome=Outcome.UPHELD, decided_at__gt=since)
    silences = Strike.objects.filter(
        person=person, kind="silence", lifted_at__isnull=True, until__gt=at
    ).order_by("-until")
    return Person.objects.filter(pk=person).annotate(
        joined_at=Subquery(Member.objects.filter(person=OuterRef("pk")).values("joined_at")[:1]),
        is_known=Exists(Arrival.objects.filter(member__person=OuterRef("pk"), way=Way.FOUNDED)),
        stood=Capped(stood[: MOST.posts]),
        read=Capped(read[: MOST.topics]),
        upheld=Capped(upheld.order_by().values("post").distinct()[:UPHELD_NEW]),
        tends=Exists(Space.objects.filter(looked_after_by(person), pk=space)),
        silenced_until=Subquery(silences.values("until")[:1]),
    )


STANDING = Prepared(
    standing,
    Standing,
    person=BigIntegerField(),
    space=BigIntegerField(),
    at=DateTimeField(),
    since=DateTimeField(),
)


def standing_of(person_id: int, at: datetime, *, space_id: int = 0) -> Standing:
    """Say what is known of somebody, and whether they look after a space. Raises ``NotFound`` for nobody."""
    found = STANDING.first(person=person_id, space=space_id, at=at, since=at - UPHELD_WITHIN)
    if found is None:
        raise NotFound
    return found
