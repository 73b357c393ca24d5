"""The vouches of a request: how many it has and lacks, whose word counts, and how one is written down."""

from datetime import datetime

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from porch.community.circles.models import Circle
from porch.community.joining.actions import is_in
from porch.community.membership.models import Member, is_here
from porch.community.requests.facts import MemberVouched
from porch.community.requests.models import JoinRequest, Vouch
from porch.engine.facts.noting import note


def with_vouches(found: "QuerySet[JoinRequest]") -> "QuerySet[JoinRequest]":
    """Add to each request ``vouched``, the number of vouches for it that count."""
    each = Vouch.objects.counting().filter(request=OuterRef("pk")).order_by().values("request")
    n = each.annotate(n=Count("pk")).values("n")
    return found.annotate(vouched=Coalesce(Subquery(n), 0, output_field=IntegerField()))


def missing(asked: JoinRequest, circle: Circle) -> int:
    """Say how many vouches a request lacks."""
    return max(0, circle.vouches - Vouch.objects.counting().filter(request=asked).count())


def may_speak(member: Member, circle: Circle) -> bool:
    """Say whether a member's word counts at the door of a circle: of one in it who is here and not shut out."""
    return is_here(member) and member.person.is_active and is_in(member, circle)


def add_vouch(asked: JoinRequest, member: Member, *, at: datetime, text: str = "") -> Vouch:
    """Write a vouch down. Who may was asked before."""
    made = Vouch.objects.create(request=asked, by=member, at=at, text=text)
    note(MemberVouched(request_id=asked.pk, member_id=member.pk, at=at))
    return made
