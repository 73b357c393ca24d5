"""For whom somebody may vouch."""

from django.db.models import OuterRef, Q, QuerySet, Subquery

from porch.community.circles.models import CircleMember
from porch.community.membership.models import Member
from porch.community.requests.models import JoinRequest, Vouch
from porch.community.requests.vouches import with_vouches


def within_reach(member: Member) -> "QuerySet[JoinRequest]":
    """Give the open requests for which a member may vouch, oldest first, with ``mine``, the time of their own vouch."""
    theirs = CircleMember.objects.filter(member=member).values("circle")
    mine = Vouch.objects.standing().filter(request=OuterRef("pk"), by=member).values("at")
    found = JoinRequest.objects.open().filter(
        Q(circle__is_whole=True) | Q(circle__in=theirs), circle__vouches__gt=0
    )
    return (
        with_vouches(found.exclude(person=member.person_id))
        .annotate(mine=Subquery(mine))
        .select_related("person", "circle", "brought_by__person")
        .order_by("asked_at", "id")
    )
