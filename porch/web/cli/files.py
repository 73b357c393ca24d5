import json
import sys

import click

from porch.engine.files.upkeep import check_files
from porch.kit.text import size_in_words
from porch.kit.time import now
from porch.web.cli.base import say


@click.group()
def files() -> None:
    """What members have sent, and whether it is all there."""


@files.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def check(as_json: bool) -> None:
    """Read every stored file and hold it against its name. Exit code 1 where one is missing or damaged."""
    found = check_files(at=now())
    is_ok = not found.missing and not found.damaged
    if as_json:
        counts = {name: getattr(found, name) for name in ("files", "bytes", "missing", "damaged", "strays")}
        click.echo(json.dumps({"ok": is_ok, **counts, "findings": found.findings.splitlines()}))
    else:
        say(f"{found.files} files, {size_in_words(found.bytes)}.")
        say(
            f"{found.missing} missing, {found.damaged} damaged, {found.strays} strays, which go by themselves."
        )
        for line in found.findings.splitlines():
            click.echo(line)
    sys.exit(not is_ok)
