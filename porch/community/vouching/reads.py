"""How many vouches a request has, and how many it lacks."""

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from porch.community.circles.models import Circle
from porch.community.joining.actions import is_in
from porch.community.membership.models import Member
from porch.community.requests.models import JoinRequest
from porch.community.vouching.models import Vouch


def with_vouches(found: "QuerySet[JoinRequest]") -> "QuerySet[JoinRequest]":
    """Add to each request ``vouched``, the number of vouches for it that count."""
    each = Vouch.objects.counting().filter(request=OuterRef("pk")).order_by().values("request")
    n = each.annotate(n=Count("pk")).values("n")
    return found.annotate(vouched=Coalesce(Subquery(n), 0, output_field=IntegerField()))


def missing(asked: JoinRequest, circle: Circle) -> int:
    """Say how many vouches a request lacks."""
    return max(0, circle.vouches - Vouch.objects.counting().filter(request=asked).count())


def may_speak(member: Member, circle: Circle) -> bool:
    """Say whether a member's word counts at the door of a circle: only of one who is in it and not shut out."""
    return member.left_at is None and member.person.is_active and is_in(member, circle)
