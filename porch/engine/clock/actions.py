from datetime import datetime

from django.db import transaction

from porch.engine.audit.recording import record
from porch.engine.clock.acts import ACKNOWLEDGED
from porch.engine.clock.facts import ClockJumpAcknowledged
from porch.engine.clock.models import ClockJump
from porch.engine.facts.noting import note
from porch.kit.refusals import NotFound


@transaction.atomic
def acknowledge_jump(*, jump_id: int, by_id: int, at: datetime) -> ClockJump:
    """Agree that the clock is right as it is now; what was held back goes on. Twice is as good as once."""
    jump = ClockJump.objects.select_for_update().filter(pk=jump_id).first()
    if jump is None:
        raise NotFound
    if jump.acknowledged_at is None:
        jump.acknowledged_at, jump.acknowledged_by_id = at, by_id
        jump.save(update_fields=["acknowledged_at", "acknowledged_by_id"])
        record(ACKNOWLEDGED, by_id=by_id, at=at, jump_id=jump.pk)
        note(ClockJumpAcknowledged(jump_id=jump.pk, by_person_id=by_id, at=at))
    return jump
