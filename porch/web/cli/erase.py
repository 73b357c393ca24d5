import json
from dataclasses import asdict

import click

from porch.kit.refusals import Refusal
from porch.kit.time import now
from porch.people.erasure.actions import erase_person
from porch.people.erasure.reads import Line, receipt_of, subject_of
from porch.people.identity.models import Person
from porch.people.identity.names import find_person
from porch.web.cli.base import say, stop
from porch.web.cli.database import bring_up_to_date


@click.command()
@click.argument("who", metavar="ADDRESS|ID")
@click.option("--yes", "is_sure", is_flag=True, help="Do not ask, for scripts.")
@click.option("--dry-run", "is_dry", is_flag=True, help="Show the receipt, and do nothing.")
@click.option("--reason", default="", help="Why; it stays in the audit, so name nobody in it.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def erase(who: str, is_sure: bool, is_dry: bool, reason: str, as_json: bool) -> None:
    """Erase a person from every table, and print the receipt. This cannot be undone."""
    bring_up_to_date()
    person = find_person(who)
    if person is None:
        stop(f"nobody here has the address or number {who!r}", code=1)
    if is_dry or not is_sure:
        lines = receipt_of(subject_of(person))
        if is_dry or not as_json:
            show(person, lines, is_done=False, as_json=as_json)
        if is_dry:
            return
        if not click.confirm(f"Erase person {person.pk}? This cannot be undone", err=True):
            stop("nobody was erased", code=1)
    try:
        lines = erase_person(person=person, by=None, at=now(), reason=reason)
    except Refusal as refusal:
        stop(str(refusal), code=1)
    show(person, lines, is_done=True, as_json=as_json)


def show(person: Person, lines: list[Line], *, is_done: bool, as_json: bool) -> None:
    """Print a receipt: for people, or as JSON."""
    if as_json:
        receipt = [asdict(line) for line in lines]
        click.echo(json.dumps({"person": person.pk, "erased": is_done, "receipt": receipt}))
        return
    say(f"Person {person.pk} is erased:" if is_done else f"Erasing person {person.pk} would do this:")
    for line in lines:
        kept = f", {line.kept} kept: {line.why_kept}" if line.kept else ""
        click.echo(f"  {line.table}: {line.deleted} deleted{kept}")
