from datetime import datetime

from django_tasks import task

from porch.engine.clock.reads import clock_is_doubtful
from porch.engine.jobs.retries import ONCE, retried
from porch.kit.time import now
from porch.people.takeout.actions import give_up, tidy_take_outs
from porch.people.takeout.making import make_take_out


@retried(ONCE)
@task()
def make(take_out_id: int) -> bool:
    """Make a take-out; one that fails says so to whoever waits for it, and they ask anew."""
    try:
        return make_take_out(take_out_id, clock=now) is not None
    except Exception:
        give_up(take_out_id=take_out_id, at=now())
        raise


def tidy(at: datetime) -> int:
    """Remove take-outs at their end; none while it is doubtful when that is."""
    return tidy_take_outs(at=at, hold=clock_is_doubtful())
