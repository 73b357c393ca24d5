import json

import click
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from porch.community.roles.founding import admit_founder
from porch.kit.refusals import Refusal
from porch.kit.time import now
from porch.people.identity.addresses import sign_in_address
from porch.people.identity.models import Person
from porch.people.identity.operators import add_person, appoint_operator
from porch.people.identity.reads import people
from porch.web.cli.base import say, stop
from porch.web.cli.database import bring_up_to_date


@click.group()
def person() -> None:
    """Add a person, or list those there are. Nobody joins by themselves yet."""


@person.command()
@click.argument("address")
@click.option("--name", default="", help="How others see them.  [default: what stands before the @]")
@click.option("--operator", is_flag=True, help="Let them run this server too.")
def add(address: str, name: str, operator: bool) -> None:
    """Add a person, who becomes a member and signs in by a code that is sent to ADDRESS."""
    bring_up_to_date()
    try:
        added = bring_in(address, name, operator)
    except Refusal as refusal:
        stop(str(refusal), code=1)
    else:
        click.echo(
            f"{added.name} <{added.email}> can sign in now, at {settings.PORCH_URL}. Nobody has told them yet."
        )
        if settings.PORCH_MAIL_SERVER is None:
            say(
                f"No mail leaves this server yet: codes for them are kept at {settings.PORCH_URL}{reverse('mails')}"
            )


@person.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
def list_people(as_json: bool) -> None:
    """List the people, the oldest first."""
    bring_up_to_date()
    for row in people():
        if as_json:
            click.echo(json.dumps(row.as_dict()))
        else:
            marks = [
                word
                for word, holds in (("operator", row.is_operator), ("shut out", not row.is_active))
                if holds
            ]
            click.echo("  ".join([str(row.id), row.name, f"<{row.email or 'no address'}>", *marks]))


@transaction.atomic
def bring_in(address: str, name: str, operator: bool) -> Person:
    """Add a person at an address, as a member and maybe as an operator."""
    at, address = now(), sign_in_address(address)
    added = add_person(address=address, name=name or address.partition("@")[0], at=at)
    admit_founder(person=added, at=at)
    if operator:
        appoint_operator(person=added, by=None, at=at)
    return added
