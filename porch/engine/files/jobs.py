from django_tasks import task

from porch.engine.clock.reads import clock_is_doubtful
from porch.engine.files.upkeep import check_files, sweep
from porch.kit.time import now


@task()
def sweep_files() -> None:
    """Remove what nobody holds any more; not while it is doubtful how long nobody has."""
    if not clock_is_doubtful():
        sweep(at=now())


@task()
def check_all_files() -> None:
    """Look whether every file is there and whole."""
    check_files(at=now())
