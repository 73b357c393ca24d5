import json
import sys
from dataclasses import asdict

import click

from porch.web.cli.steps import take_step_of_owner
from porch.web.doctor.finding import Finding
from porch.web.doctor.looks import look_over

SIGNS = {"good": "✓", "advice": "·", "wrong": "✗"}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def doctor(as_json: bool) -> None:
    """Look over this installation and advise. Exit code 1 where something is wrong."""
    findings: list[Finding] = list(look_over())
    is_ok = all(each.state != "wrong" for each in findings)
    if as_json:
        click.echo(json.dumps({"ok": is_ok, "findings": [asdict(each) for each in findings]}))
    else:
        for each in findings:
            click.echo(f"{SIGNS[each.state]} {each.what}: {each.text}")
            if each.advice:
                click.echo(f"    {each.advice}")
    # Into a database of another version nothing is written.
    if all(each.state != "wrong" for each in findings if each.what == "database"):
        take_step_of_owner("doctor")
    sys.exit(not is_ok)
