from datetime import datetime

from django.db import transaction

from porch.bridge.door_sign.acts import PUT_UP, TAKEN_DOWN
from porch.bridge.door_sign.facts import DoorSignChanged
from porch.bridge.door_sign.models import DoorSign
from porch.engine.audit.recording import record
from porch.engine.facts.noting import note
from porch.people.identity.models import Person


@transaction.atomic
def put_up_sign(*, by: Person, at: datetime) -> DoorSign:
    """Let the front page say how many members there are."""
    sign, is_new = DoorSign.objects.get_or_create(
        is_the_one=True, defaults={"put_up_by": by, "put_up_at": at}
    )
    if is_new:
        record(PUT_UP, by_id=by.pk, at=at)
        note(DoorSignChanged(is_up=True, at=at))
    return sign


@transaction.atomic
def take_down_sign(*, by: Person, at: datetime) -> None:
    """Let the front page stop saying it; where no sign is up, nothing happened."""
    deleted, _ = DoorSign.objects.filter(is_the_one=True).delete()
    if deleted:
        record(TAKEN_DOWN, by_id=by.pk, at=at)
        note(DoorSignChanged(is_up=False, at=at))
