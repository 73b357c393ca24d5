from django_tasks import task

from porch.engine.clock.reads import clock_is_doubtful
from porch.kit.time import now
from porch.notices.digest.actions import send_due_digests


@task()
def send_digests() -> None:
    """Send the digests that are due where each member is."""
    send_due_digests(at=now(), hold=clock_is_doubtful())
