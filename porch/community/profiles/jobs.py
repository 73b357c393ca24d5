"""What is done for profiles beside requests."""

from django_tasks import task

from porch.community.profiles.defining import drop_retired_fields
from porch.community.profiles.indexing import BATCH, turn_hours
from porch.engine.clock.reads import clock_is_doubtful
from porch.kit.time import now


@task()
def turn_hours_in_search() -> None:
    """Put the hours in the search right where clocks have changed."""
    at = now()
    while turn_hours(at=at) == BATCH:
        pass


@task()
def drop_answers_no_longer_asked() -> None:
    """Let go of what has not been asked for 30 days."""
    drop_retired_fields(at=now(), hold=clock_is_doubtful())
