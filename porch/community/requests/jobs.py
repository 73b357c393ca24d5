"""What the worker does for requests."""

from datetime import datetime

from django_tasks import task

from porch.community.requests.keeping import (
    expire_requests,
    fill_every_circle,
    forget_some,
    withdraw_for_leavers,
)
from porch.engine.clock.reads import clock_is_doubtful
from porch.kit.time import now


@task()
def look_after_requests() -> None:
    """Close requests whose time is over and forget old ones; not while it is doubtful what time it is."""
    at = now()
    withdraw_for_leavers(at=at)
    if not clock_is_doubtful():
        expire_requests(at=at)
        while forget_some(at=at):
            pass


def fill_free_seats(at: datetime) -> int:
    """Let in who waits, wherever a seat came free."""
    return fill_every_circle(at=at)
