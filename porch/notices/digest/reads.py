"""Whom a digest is for, and what they missed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from porch.community.membership.models import Member
from porch.conversation.posts.models import Post
from porch.conversation.reading.hearing import muted
from porch.conversation.reading.models import Reading
from porch.conversation.spaces.rules import reached_by
from porch.conversation.topics.models import Topic
from porch.notices.digest.models import LastDigest
from porch.people.consent.models import Act, Consent
from porch.people.consent.reads import newest
from porch.people.sessions.models import Session

PURPOSE = "digest"
MOST_TOPICS = 7
# Six days, and not seven: it comes on Mondays, whatever the hour was a week ago.
AWAY = BETWEEN = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Missed:
    """What somebody missed: topics with the most that is new to them, and how many members came."""

    topics: list[Topic]
    newcomers: int


def members_for_digests(at: datetime) -> QuerySet[Member]:
    """Select those who are here, have agreed to a digest, and got none this week."""
    said = newest(Consent.objects.filter(purpose=PURPOSE)).filter(act=Act.GIVEN)
    agreed = [int(name.removeprefix("person:")) for name in said.values_list("subject", flat=True)]
    lately = LastDigest.objects.filter(member=OuterRef("pk"), at__gt=at - BETWEEN)
    return Member.objects.present().filter(
        ~Exists(lately), person_id__in=agreed, person__is_active=True, person__email__isnull=False
    )


def last_here(member: Member) -> datetime:
    """Say when a member was last here, as far as it is kept: a session, a topic that they read, or their coming."""
    sessions = Session.objects.filter(person_id=member.person_id).aggregate(last=Max("seen_at"))
    reading = Reading.objects.filter(member=member).aggregate(last=Max("at"))
    known = (member.joined_at, sessions["last"], reading["last"])
    return max(each for each in known if each is not None)


def missed_by(member: Member, since: datetime) -> Missed:
    """Give what was talked about most since a moment where a member reaches it. Nothing of it was read by them.

    What was said in a sensitive space is left out (C18), and so is what is muted or deleted.
    """
    theirs = Reading.objects.filter(topic=OuterRef("pk"), member=member)
    read: Any = Coalesce(Subquery(theirs.values("number")[:1]), 0, output_field=IntegerField())
    fresh = (
        Post.objects.filter(topic=OuterRef("pk"), at__gt=since, number__gt=OuterRef("read"))
        .filter(Q(author__isnull=True) | ~Q(author_id=member.person_id), deletion__isnull=True)
        .order_by()
        .values("topic")
        .annotate(n=Count("pk"))
    )
    topics = (
        Topic.objects.filter(
            reached_by(member.person_id, "space__"),
            ~muted(OuterRef("pk"), OuterRef("space"), member=member),
            last_said_at__gt=since,
            space__archived_at__isnull=True,
            space__is_sensitive=False,
        )
        .annotate(read=read)
        .filter(posts__gt=F("read"))
        .annotate(fresh=Subquery(fresh.values("n")))
        .filter(fresh__gt=0)
        .select_related("space")
        .order_by("-fresh", "-last_said_at", "-pk")
    )
    newcomers = Member.objects.present().filter(joined_at__gt=since).exclude(pk=member.pk)
    return Missed(list(topics[:MOST_TOPICS]), newcomers.count())
