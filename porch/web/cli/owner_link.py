import json

import click
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from porch.community.roles.founding import admit_founder
from porch.kit.time import now
from porch.people.identity.actions import LINK_LIFE, appoint_owner, issue_sign_in_link
from porch.web.cli.base import say
from porch.web.cli.database import bring_up_to_date


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def owner_link(as_json: bool) -> None:
    """Print a link that signs the owner in, once, within an hour.

    The way in for whoever runs the server: the first time, and whenever no mail can be sent.
    """
    bring_up_to_date()
    link = make_owner_link()
    if as_json:
        click.echo(json.dumps({"link": link, "expires_in_seconds": int(LINK_LIFE.total_seconds())}))
    else:
        say("Open this link within an hour; it works once:")
        click.echo(link)


@transaction.atomic
def make_owner_link() -> str:
    """Find or make the owner, who is a member too, and give the address that signs them in."""
    at = now()
    owner = appoint_owner(at=at)
    admit_founder(person=owner, at=at)
    token = issue_sign_in_link(person=owner, at=at)
    return str(settings.PORCH_URL + reverse("sign-in-link", args=[token]))
