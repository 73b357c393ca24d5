from datetime import datetime

from django.db.models import Q, QuerySet

from porch.community.ownership.models import OwnershipOffer, State


def open_offers(person_id: int, *, at: datetime) -> QuerySet[OwnershipOffer]:
    """Select the open offers of the ownership that somebody made or was made."""
    found = OwnershipOffer.objects.filter(state=State.OFFERED, ends_at__gt=at)
    mine = Q(giver__person_id=person_id) | Q(receiver__person_id=person_id)
    there = Q(giver__left_at__isnull=True, receiver__left_at__isnull=True)
    return found.filter(mine, there).select_related("giver__person", "receiver__person").order_by("pk")
