from django_tasks import task

from porch.community.memory.actions import notice
from porch.engine.clock.reads import clock_is_doubtful
from porch.kit.time import now


@task()
def notice_what_is_remembered() -> None:
    """Notice the anniversaries of today and tomorrow, and the firsts of today."""
    notice(at=now(), hold=clock_is_doubtful())
