import json
import sys

import click
from django.conf import settings

from porch.engine.outbox.models import Delivery
from porch.engine.outbox.states import State
from porch.kit.addresses import NotAnAddress
from porch.kit.time import now
from porch.people.delivery.actions import TEST_MAIL, queue
from porch.people.delivery.carrying import carry_out
from porch.people.delivery.grounds import Reason, Transactional
from porch.web.cli.base import stop
from porch.web.cli.database import bring_up_to_date
from porch.web.mail import why


@click.group()
def mail() -> None:
    """See whether mail leaves this Porch."""


@mail.command()
@click.argument("address")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def test(address: str, as_json: bool) -> None:
    """Send a test mail to ADDRESS now, and say what the mail server answered. Exit code 1 where it was not taken."""
    bring_up_to_date()
    try:
        row = queue(TEST_MAIL, to=address, grounds=Transactional(Reason.TEST_MAIL), at=now())
    except NotAnAddress as refusal:
        stop(str(refusal), code=2)
    carry_out(row.pk, clock=now)
    row = Delivery.objects.get(pk=row.pk)
    if as_json:
        said = {"state": row.state, "reason": row.reason, "answer": row.answer, "server": server_name()}
        click.echo(json.dumps(said))
    else:
        click.echo("\n".join(in_words(row)))
    sys.exit(row.state != State.ACCEPTED)


def in_words(row: Delivery) -> list[str]:
    """Say what became of a test mail, and what the server said."""
    if row.state == State.KEPT:
        place = f"{settings.PORCH_URL}/desk/mail/{row.pk}/"
        return ["· No mail server is set (PORCH_MAIL_SERVER), so the mail was kept:", f"    {place}"]
    ends: dict[str, str] = {
        State.ACCEPTED: f"✓ {server_name()} has taken the mail to {row.to_address} and answers for it now.",
        State.QUEUED: f"✗ Not now: {why(row.reason)} It is tried again by itself.",
        State.FAILED: f"✗ {why(row.reason)}",
        State.EXCLUDED: f"✗ Not sent: {why(row.reason)}",
        State.UNCERTAIN: f"✗ {why(row.reason)}",
        State.SENDING: "· A worker is sending it just now; the desk shows how it ends.",
    }
    lines = [ends[row.state]]
    return [*lines, f"    {server_name()}: {row.answer}"] if row.answer else lines


def server_name() -> str:
    return str(settings.PORCH_MAIL_SERVER or "")
