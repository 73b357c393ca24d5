from django.db.models import QuerySet

from porch.moderation.appeals.models import Appeal


def appeals_before(person_id: int) -> QuerySet[Appeal]:
    """Select the appeals that somebody who may remove members may read: none of their own."""
    found = Appeal.objects.exclude(strike__person=person_id)
    return found.select_related("strike__person", "strike__by", "by")


def appeals_waiting_before(person_id: int) -> QuerySet[Appeal]:
    """Select those of them that wait to be decided."""
    return appeals_before(person_id).filter(decided_at__isnull=True)
