import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from django.conf import settings

from porch.engine.clock.reads import clock_is_doubtful
from porch.kit.text import size_in_words
from porch.kit.time import now
from porch.web.backups.archive import verify
from porch.web.backups.keeping import BY_HAND, NIGHTLY, failed, let_go, name_for, succeeded
from porch.web.backups.making import Made, make_backup
from porch.web.backups.pace import Pace
from porch.web.backups.words import BackupFailed, NotRestorable
from porch.web.cli.base import say, stop
from porch.web.cli.steps import take_step_of_owner
from porch.web.settings.options import Options

Told = Callable[[int], object]


@click.command()
@click.argument("file", required=False)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--nightly", is_flag=True, hidden=True, help="The nightly one: read it back, let old ones go.")
@click.option(
    "--by-worker", is_flag=True, hidden=True, help="Nobody typed this: no first step is taken by it."
)
def backup(file: str | None, force: bool, as_json: bool, nightly: bool, by_worker: bool) -> None:
    """Write the database, all files and the key into one archive, while Porch runs.

    Without FILE it goes to the folder `backups` in PORCH_DATA; - is standard output. The archive is as secret as the
    data folder: whoever has it has everything.
    """
    options: Options = settings.OPTIONS
    at = now()
    target = choose(options, file, NIGHTLY if nightly else BY_HAND)
    if file and file != "-" and target.exists() and not force:
        stop(f"{target} is there already. Name another file, or write over it with --force", code=1)
    if file and file != "-" and not target.parent.is_dir():
        stop(
            f"there is no folder {target.parent}. Is its disk mounted? Make it with: mkdir -p {target.parent}",
            code=1,
        )
    try:
        with progress(is_shown=file != "-" and not as_json) as (begun, told):
            made = make_backup(
                sys.stdout.buffer if file == "-" else target, at=at, begun=begun, told=Pace(told)
            )
        if file != "-":
            check(options, target, is_kept=not file)
        if nightly and not clock_is_doubtful():
            let_go(target.parent)
    except (BackupFailed, NotRestorable) as error:
        if not file:
            failed(options.data, at, str(error))
        stop(f"no backup was made: {error}", code=1)
    if not by_worker:
        take_step_of_owner("backup")
    tell(made, as_json and file != "-")


def choose(options: Options, file: str | None, kind: str) -> Path:
    """Give the path of the archive."""
    if file:
        return Path(file).absolute()
    return (options.backup_folder or options.data / "backups") / name_for(kind, now())


def check(options: Options, target: Path, *, is_kept: bool) -> None:
    """Read back what was written: a backup that cannot be read is none."""
    archive = verify(target, Pace(lambda size: None))
    if is_kept:
        succeeded(options.data, target.name, archive.id, target.parent)


def tell(made: Made, as_json: bool) -> None:
    """Say what was written, and what it is good for."""
    manifest = made.manifest
    if as_json:
        report = {
            "file": str(made.path),
            "bytes": made.size,
            "rows": manifest.rows,
            "files": made.files,
            "damaged": [*made.damaged, *made.missing],
        }
        click.echo(json.dumps(report))
        return
    say(
        f"· {made.path or 'standard output'}: {size_in_words(made.size)}, "
        f"{manifest.rows:,} rows and {made.files:,} files"
    )
    for name in made.damaged:
        say(f"  {name} has changed since it was stored: its content is not what its name says")
    for name in made.missing:
        say(f"  {name} is missing from the store, so it is not in the backup")
    if made.path:
        say("  Keep it as safe as the data folder: it holds everything, the key too.")
        say(f"  To restore it into an empty folder: PORCH_DATA=/new/folder porch restore {made.path}")


@contextmanager
def progress(*, is_shown: bool, label: str = "backing up") -> Iterator[tuple[Told, Told]]:
    """Draw a bar where a terminal reads it. Gives who hears of the whole, and who hears of the parts."""
    if not is_shown or not sys.stderr.isatty():
        yield lambda size: None, lambda size: None
        return
    with click.progressbar(length=1, label=f"· {label}", file=sys.stderr, update_min_steps=1 << 22) as bar:

        def begun(size: int) -> None:
            bar.length = max((bar.length or 0) + size, 1)

        yield begun, bar.update
