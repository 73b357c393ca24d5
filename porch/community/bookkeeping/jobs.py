from datetime import timedelta

from django_tasks import task

from porch.community.bookkeeping.models import Sheet
from porch.engine.clock.reads import clock_is_doubtful
from porch.kit.time import now

KEPT = timedelta(days=1)


@task()
def sweep_sheets() -> None:
    """Delete files that were sent more than a day ago; not while it is doubtful what a day ago is."""
    if not clock_is_doubtful():
        Sheet.objects.filter(sent_at__lt=now() - KEPT).delete()
