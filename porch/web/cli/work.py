import click
from django.conf import settings

from porch.engine.jobs.worker import run_worker
from porch.web.backups.turns import stay
from porch.web.cli.base import say
from porch.web.cli.database import bring_up_to_date
from porch.web.clockwork import CLOCKWORK


@click.command()
@click.option("--parent", type=int, default=0, hidden=True, help="End when this process does.")
def work(parent: int) -> None:
    """Run background jobs only.

    Use it beside `porch serve --no-worker`, on this machine or another, as often as you like.
    """
    bring_up_to_date()
    stay(settings.OPTIONS.data)
    if not parent:
        say("· working; Ctrl-C stops it")
    run_worker(CLOCKWORK, parent=parent)
