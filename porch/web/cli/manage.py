import click
from django.core.management import ManagementUtility

from porch.web.cli.base import stop

NOT_OURS = ("createsuperuser", "changepassword")


@click.command(
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False}, add_help_option=False
)
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def manage(words: tuple[str, ...]) -> None:
    """Run one of Django's own commands, such as `porch manage migrate` or `porch manage shell`."""
    if words and words[0] in NOT_OURS:
        stop("people sign in by links here, without a password: `porch owner-link` prints one.", code=2)
    ManagementUtility(["porch manage", *words]).execute()
