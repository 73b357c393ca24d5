"""Requests as pages list them."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from porch.community.requests.models import JoinRequest, State, Vouch
from porch.community.requests.vouches import with_vouches
from porch.kit.refusals import Text

# What a list shows, by its word in the address, in the order in which it stands there.
SHOWN: dict[str, tuple[Text, tuple[str, ...], tuple[str, ...]]] = {
    "decide": (_("To decide"), (State.ASKED,), ("asked_at", "id")),
    "vouches": (_("Vouches missing"), (State.VOUCHES,), ("asked_at", "id")),
    "seats": (_("Waiting list"), (State.SEAT,), ("circle", "queued_at", "id")),
    "closed": (
        _("Closed"),
        (State.ADMITTED, State.DECLINED, State.WITHDRAWN, State.EXPIRED),
        ("-closed_at", "-id"),
    ),
}


@dataclass(frozen=True, slots=True)
class SaidFor:
    """A vouch in words, and whether it counts."""

    name: str
    vouch: Vouch
    counts: bool
    is_invite: bool


def as_listed(found: QuerySet[JoinRequest]) -> QuerySet[JoinRequest]:
    """Add to each request what its line tells: ``vouched``, and ``place`` on the waiting list."""
    ahead = (
        JoinRequest.objects.filter(state=State.SEAT, circle=OuterRef("circle"))
        .filter(
            Q(queued_at__lt=OuterRef("queued_at"))
            | Q(queued_at=OuterRef("queued_at"), pk__lte=OuterRef("pk"))
        )
        .order_by()
        .values("circle")
        .annotate(n=Count("pk"))
        .values("n")
    )
    place = Coalesce(Subquery(ahead), Value(0), output_field=IntegerField())
    return with_vouches(found).annotate(place=place).select_related("person", "circle", "decided_by__person")


def requests_in(circles: Collection[int] | None, show: str) -> QuerySet[JoinRequest]:
    """Give what stewards see of one filter, in their circles; None stands for all circles."""
    _title, states, order = SHOWN[show]
    found = JoinRequest.objects.filter(state__in=states)
    if circles is not None:
        found = found.filter(circle__in=circles)
    return as_listed(found).order_by(*order)


def requests_of(person_id: int) -> QuerySet[JoinRequest]:
    """Give somebody's own requests, the open ones first, then the newest."""
    found = as_listed(JoinRequest.objects.filter(person_id=person_id))
    return found.order_by(F("closed_at").desc(nulls_first=True), "-asked_at", "-id")


def vouches_for(asked: JoinRequest) -> list[SaidFor]:
    """Give who stands up for somebody, oldest first; whose word does not count now is marked."""
    standing = Vouch.objects.standing().filter(request=asked).select_related("by__person")
    counting = set(Vouch.objects.counting().filter(request=asked).values_list("pk", flat=True))
    return [
        SaidFor(each.by.person.name, each, each.pk in counting, each.by_id == asked.brought_by_id)
        for each in standing.order_by("at", "id")
    ]
