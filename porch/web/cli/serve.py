import gc
import os
import signal
from pathlib import Path
from types import FrameType
from typing import NoReturn

import click
from django.conf import settings
from django.db import connections
from django.utils.autoreload import BaseReloader, autoreload_started, file_changed, run_with_reloader

from porch.engine.jobs.keeping import KeptWorker, fork
from porch.engine.jobs.worker import run_worker
from porch.people.sessions.jobs import write_what_was_seen
from porch.web.backups.turns import stay
from porch.web.cli.base import say, stop
from porch.web.cli.database import bring_up_to_date
from porch.web.cli.owner_link import make_owner_link
from porch.web.clockwork import CLOCKWORK
from porch.web.server.run import CannotListen, DatabaseReplaced, open_sockets, run_server
from porch.web.settings.options import Options

# What happened goes away by starting again: a service manager does so for every code but 0.
AGAIN = 75
HOUSE = Path(__file__).parent.parent.parent


@click.command()
@click.option("--worker/--no-worker", default=True, help="Run background jobs too.  [default: yes]")
@click.option("--owner-link", is_flag=True, help="Print a link that signs the owner in.")
@click.option("--reload", is_flag=True, help="Start again when a file changes; for those who work on Porch.")
def serve(worker: bool, owner_link: bool, reload: bool) -> None:
    """Run Porch: the site and its background worker, in two small processes.

    Prepares the database where that is needed. Ctrl-C, or SIGTERM, lets requests finish and stops both.
    """
    if reload:
        autoreload_started.connect(watch_pages)
        if owner_link and "RUN_MAIN" not in os.environ:
            # By the process that stays: each start again would make another.
            bring_up_to_date()
            greet_owner(make_owner_link())
            connections.close_all()
        run_with_reloader(start, worker=worker, owner_link=False)
    else:
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, leave)
        start(worker=worker, owner_link=owner_link)


def watch_pages(sender: BaseReloader, **_: object) -> None:
    """Start again for a template, a style sheet or a script too: they are read once."""
    # Django would only empty the caches of its own templates, and leave it at that.
    file_changed.disconnect(dispatch_uid="template_loaders_file_changed")
    for folder in (*HOUSE.glob("*/templates"), HOUSE / "web" / "static"):
        sender.watch_dir(folder, "**/*.*")


def leave(signum: int, frame: FrameType | None) -> NoReturn:
    """End in good order: the server raises the signal again when it has stopped, and the worker waits for us."""
    raise SystemExit(0)


def start(*, worker: bool, owner_link: bool) -> None:
    """Open the sockets, prepare the database, fork the worker, serve."""
    options: Options = settings.OPTIONS
    try:
        sockets = open_sockets(*options.listens_at)
    except CannotListen as error:
        stop(str(error), code=1)
    bring_up_to_date()
    stay(options.data)
    link = make_owner_link() if owner_link else None
    connections.close_all()
    kept = KeptWorker(fork_worker([sock.fileno() for sock in sockets])) if worker else None
    try:
        on_look = kept.look if kept else lambda: None
        run_server(options, sockets, lambda: greet(options, link), on_look, write_what_was_seen)
    except DatabaseReplaced:
        stop("another database file lies in the place of ours; start Porch again", code=AGAIN)
    finally:
        if kept is not None and not kept.end():
            say("· the worker finishes its job; then it ends too")


def greet(options: Options, link: str | None) -> None:
    """Say where Porch is open, and how the owner comes in."""
    host, port = options.listens_at
    behind = f", listening at {host}:{port}" if options.bind or options.is_secure else ""
    say(f"· Porch is open at {options.url}{behind} (Ctrl-C stops it)")
    if link:
        greet_owner(link)


def greet_owner(link: str) -> None:
    say(f"· sign in as the owner, once, within an hour:\n\n    {link}\n")


def fork_worker(files: list[int]) -> int:
    """Fork the worker off before any thread starts: it shares the memory of what is loaded by now."""
    gc.collect()
    gc.freeze()
    server = os.getpid()

    def work() -> None:
        for file in files:
            os.close(file)
        run_worker(CLOCKWORK, parent=server)

    return fork(work)
