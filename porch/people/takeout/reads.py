from datetime import datetime

from porch.kit.refusals import NotFound
from porch.people.identity.models import Person
from porch.people.takeout.models import TakeOut


def take_outs_of(person: Person, *, at: datetime) -> list[TakeOut]:
    """List the take-outs of a person that have not come to their end, newest first."""
    return list(TakeOut.objects.filter(person=person, ends_at__gt=at).order_by("-pk")[:20])


def ready_of(person: Person, number: int, *, at: datetime) -> TakeOut:
    """Find a take-out of this person's that can be loaded. Raises ``NotFound``."""
    rows = TakeOut.objects.filter(person=person, pk=number, ready_at__isnull=False, ends_at__gt=at)
    row = rows.first()
    if row is None:
        raise NotFound
    return row
