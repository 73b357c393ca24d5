import json

import click

from porch.conversation.upkeep.counting import recount
from porch.web.cli.base import say
from porch.web.cli.database import bring_up_to_date

MOST_SHOWN = 1_000


@click.group()
def repair() -> None:
    """Put right what is kept twice."""


@repair.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def counters(as_json: bool) -> None:
    """Count posts, topics, spaces, reactions and tags anew, and say what was wrong. It runs beside the server."""
    bring_up_to_date()
    found = 0
    shown: list[str] = []
    for each in recount():
        found += 1
        line = f"{each.what}: {each.field} said {each.before}, and is {each.after}"
        if as_json and len(shown) < MOST_SHOWN:
            shown.append(line)
        elif not as_json:
            click.echo(line)
    if as_json:
        click.echo(json.dumps({"ok": not found, "mended": found, "findings": shown}))
    else:
        say(f"{found} wrong, and put right." if found else "Every number is right.")
