"""Jobs that are done are kept for a while, to be looked at, and then no longer."""

from datetime import datetime, timedelta

from django.db import transaction
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from porch.engine.clock.reads import clock_is_doubtful
from porch.kit.time import now

KEPT = {TaskResultStatus.SUCCESSFUL: timedelta(days=7), TaskResultStatus.FAILED: timedelta(days=90)}
AT_A_TIME = 200


@task()
def prune_jobs() -> None:
    """Forget jobs that were done long ago; not while it is doubtful what long ago is."""
    if not clock_is_doubtful():
        at = now()
        while prune_some(at=at):
            pass


@transaction.atomic
def prune_some(*, at: datetime) -> int:
    """Forget some of the jobs that were done long ago; give their number."""
    for status, kept in KEPT.items():
        old = DBTaskResult.objects.filter(status=status, finished_at__lt=at - kept).values_list(
            "pk", flat=True
        )
        if some := list(old.order_by()[:AT_A_TIME]):
            DBTaskResult.objects.filter(pk__in=some).delete()
            return len(some)
    return 0
