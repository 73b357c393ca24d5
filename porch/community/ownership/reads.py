from dataclasses import dataclass
from datetime import datetime

from django.db.models import BigIntegerField, DateTimeField, Q, QuerySet

from porch.community.ownership.models import OwnershipOffer, State
from porch.kit.prepared import Prepared


@dataclass(frozen=True, slots=True)
class OfferRow:
    """An offer of the ownership that waits for an answer."""

    id: int
    giver__person__name: str
    ends_at: datetime


# On the first page inside, for everyone: it has to be quick.
OFFER_TO = Prepared(
    lambda person, at: (
        OwnershipOffer.objects.select_related("giver__person")
        .filter(receiver__person_id=person, receiver__left_at=None, giver__left_at=None)
        .filter(state=State.OFFERED, ends_at__gt=at)
        .order_by("id")
    ),
    OfferRow,
    person=BigIntegerField(),
    at=DateTimeField(),
)


def open_offers(person_id: int, *, at: datetime) -> QuerySet[OwnershipOffer]:
    """Select the open offers of the ownership that somebody made or was made."""
    found = OwnershipOffer.objects.filter(state=State.OFFERED, ends_at__gt=at)
    mine = Q(giver__person_id=person_id) | Q(receiver__person_id=person_id)
    there = Q(giver__left_at__isnull=True, receiver__left_at__isnull=True)
    return found.filter(mine, there).select_related("giver__person", "receiver__person").order_by("pk")
