import json
import sys

import click
from django.core import checks
from django.db import Error

from porch.web.cli.database import missing_migrations


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def check(as_json: bool) -> None:
    """Say whether settings, code and database fit together. Exit code 1 where they do not."""
    found = [f"{each.id}: {each.msg}" for each in checks.run_checks() if each.level >= checks.WARNING]
    try:
        missing = missing_migrations()
        found += (
            [f"the database lacks {len(missing)} steps: start `porch serve`, or run `porch manage migrate`"]
            if missing
            else []
        )
    except Error as error:
        found.append(f"the database cannot be used: {error}".strip())
    if as_json:
        click.echo(json.dumps({"ok": not found, "findings": found}))
    else:
        click.echo("\n".join(found) or "Everything fits together.")
    sys.exit(bool(found))
