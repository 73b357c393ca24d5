"""How much is new to somebody, added up by space."""

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from porch.community.membership.models import Member
from porch.conversation.reading.hearing import muted
from porch.conversation.reading.models import Reading
from porch.conversation.topics.models import Topic

MOST_LOOKED_AT = 1_000


def fresh_in_spaces(person_id: int) -> dict[int, tuple[int, int]]:
    """Give for each space how many topics have something new to somebody, and how many posts that are.

    It looks at the topics that were talked about last, ``MOST_LOOKED_AT`` of them. Whether somebody reaches a space
    is not asked here: the list of spaces knows.
    """
    lately = Topic.objects.filter(
        space__archived_at__isnull=True, space__is_direct=False, merged_into__isnull=True, posts__gt=0
    ).order_by("-last_said_at", "-id")
    theirs = Reading.objects.filter(topic=OuterRef("pk"), member__person_id=person_id)
    came = Member.objects.present().filter(person_id=person_id).values("joined_at")[:1]
    found = Topic.objects.filter(pk__in=lately.values("pk")[:MOST_LOOKED_AT])
    found = found.filter(~Exists(theirs.filter(number__gte=OuterRef("posts"))))
    found = found.exclude(muted(OuterRef("pk"), OuterRef("space"), member__person_id=person_id))
    found = found.annotate(seen=Subquery(theirs.values("number")[:1]))
    found = found.filter(Q(seen__isnull=False) | Q(last_said_at__gte=Subquery(came)))
    fresh = Sum(F("posts") - Coalesce(F("seen"), 0), output_field=IntegerField())
    rows = found.order_by().values("space_id").annotate(topics=Count("pk"), fresh=fresh)
    return {row["space_id"]: (row["topics"], row["fresh"]) for row in rows}
