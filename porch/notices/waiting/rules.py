"""Which notices somebody is shown, and mailed: those that are true at this moment."""

from typing import Any

from django.db.models import BigIntegerField, Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from porch.community.membership.models import Member
from porch.conversation.posts.models import Mention
from porch.conversation.reading.hearing import space_muted
from porch.conversation.reading.models import Level, Reading
from porch.conversation.spaces.rules import reached_by
from porch.conversation.topics.models import Topic
from porch.notices.waiting.kinds import AGAIN, SAID_TO_THEM, Kind
from porch.notices.waiting.models import Notice

# The person of the member in the outermost statement, from however deep inside: it is about many members at once.
OF_EACH = RawSQL('"community_member"."person_id"', [], output_field=BigIntegerField())


def shown_to(person: Any) -> QuerySet[Notice]:
    """Select somebody's notices that they may see: of posts that they reach, that stand, in topics not muted.

    Of a space that is muted they see what is said to them by name, and what is in topics that they want to hear of.
    """
    theirs = Reading.objects.filter(topic=OuterRef("post__topic"), member=OuterRef("member"))
    # A role is nobody by name: where the post names one that they have and not them, it is not said to them.
    by_name = Mention.objects.filter(post=OuterRef("post"), member=OuterRef("member"))
    by_role = Mention.objects.filter(post=OuterRef("post"), role__isnull=False)
    return Notice.objects.filter(
        reached_by(person, "post__topic__space__"),
        Q(kind__in=SAID_TO_THEM) & (~Q(kind=Kind.MENTION) | Exists(by_name) | ~Exists(by_role))
        | ~space_muted(OuterRef("post__topic"), OuterRef("post__topic__space"), member=OuterRef("member")),
        ~Exists(theirs.filter(level=Level.MUTE)),
        member__person=person,
        post__deletion__isnull=True,
    ).annotate(is_read=Exists(theirs.filter(number__gte=OuterRef("post__number"))))


def waiting_for(person: Any) -> QuerySet[Notice]:
    """Select somebody's notices that wait for them: neither put away nor read meanwhile."""
    return shown_to(person).filter(Q(is_read=False) | Q(kind=AGAIN), seen_at__isnull=True)


def reaching(topic: int) -> QuerySet[Member]:
    """Select the members who are told of a topic at all: they are here, reach it, and have not muted it.

    It is for the outermost part of a statement.
    """
    muted = Reading.objects.filter(member=OuterRef("pk"), topic=topic, level=Level.MUTE)
    return Member.objects.present().filter(
        Exists(Topic.objects.filter(reached_by(OF_EACH, "space__"), pk=topic)),
        ~Exists(muted),
        person__is_active=True,
    )
