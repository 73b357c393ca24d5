import json
from pathlib import Path

import click
from django.conf import settings

from porch.web.backups.restoring import Restored
from porch.web.backups.restoring import restore as restore_archive
from porch.web.backups.words import NotRestorable
from porch.web.cli.backup import progress
from porch.web.cli.base import say, stop


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--into", type=click.Path(path_type=Path), help="The folder to fill, in place of PORCH_DATA.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def restore(file: Path, into: Path | None, as_json: bool) -> None:
    """Fill an empty data folder from a backup.

    The whole archive is checked before anything is touched. With PORCH_DATABASE its database has to be empty too.
    A backup of an older Porch is brought up to date on the way.
    """
    folder = (into or settings.OPTIONS.data).absolute()
    try:
        with progress(is_shown=not as_json, label="restoring") as (begun, told):
            begun(2 * file.stat().st_size if file.is_file() else 0)
            restored = restore_archive(file.absolute(), folder, told=told)
    except NotRestorable as error:
        stop(f"nothing was restored: {error}", code=1)
    tell(restored, as_json)


def tell(restored: Restored, as_json: bool) -> None:
    """Say what is there now, and what comes next."""
    manifest = restored.archive.manifest
    if as_json:
        report = {
            "folder": str(restored.folder),
            "rows": manifest.rows,
            "files": manifest.files,
            "created_at": manifest.created_at,
            "steps": restored.migrated,
        }
        click.echo(json.dumps(report))
        return
    say(
        f"· {restored.folder}: {manifest.rows:,} rows and {manifest.files:,} files, as of {manifest.created_at}"
    )
    if restored.migrated:
        say(f"  brought up to date from Porch {manifest.porch} ({restored.migrated} steps)")
    if manifest.content == "database":
        say("  This backup was of the database alone. Move the folder `files` of the old data folder over.")
    say(
        f"  Start it: PORCH_DATA={restored.folder} porch serve. Let it not run beside the one it was made of."
    )
