import click

from porch.kit.time import now
from porch.people.identity.addresses import find_by_address
from porch.people.identity.models import Person
from porch.people.sessions.actions import end_every_session, end_sessions_of
from porch.web.cli.base import stop
from porch.web.cli.database import bring_up_to_date


@click.group()
def sessions() -> None:
    """Sign people out, wherever they are."""


@sessions.command()
@click.argument("address", required=False)
@click.option("--all", "everyone", is_flag=True, help="End the sessions of everyone.")
def end(address: str | None, everyone: bool) -> None:
    """End every session of the person with this address, or of everyone. Live pages stop at once."""
    if everyone == bool(address):
        raise click.UsageError("Name an address, or say --all.")
    bring_up_to_date()
    at = now()
    ended = end_sessions_of(person=find(address), by=None, at=at) if address else end_every_session(at=at)
    click.echo(f"Ended {ended} {'session' if ended == 1 else 'sessions'}.")


def find(address: str) -> Person:
    """Find the person with an address, or end the command."""
    person = find_by_address(address)
    if person is None:
        stop(f"nobody here has the address {address}", code=1)
    return person
