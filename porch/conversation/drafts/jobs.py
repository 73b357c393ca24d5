from django_tasks import task

from porch.conversation.drafts.upkeep import sweep_pictures
from porch.engine.clock.reads import clock_is_doubtful
from porch.kit.time import now


@task()
def sweep_unposted_pictures() -> None:
    """Let go of pictures that nobody posted; not while it is doubtful how long they have waited."""
    if not clock_is_doubtful():
        sweep_pictures(at=now())
