import json
import sys

import click

from porch.web.cli.findings import Finding, look_over

SIGNS = {"good": "✓", "advice": "·", "wrong": "✗"}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a finding.")
def doctor(as_json: bool) -> None:
    """Look over this installation and advise. Exit code 1 where something is wrong."""
    findings: list[Finding] = list(look_over())
    for each in findings:
        if as_json:
            click.echo(
                json.dumps({"what": each.what, "state": each.state, "text": each.text, "advice": each.advice})
            )
        else:
            click.echo(f"{SIGNS[each.state]} {each.what}: {each.text}")
            if each.advice:
                click.echo(f"    {each.advice}")
    sys.exit(any(each.state == "wrong" for each in findings))
