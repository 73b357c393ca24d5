import click
from django.core.management import ManagementUtility


@click.command(
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False}, add_help_option=False
)
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def manage(words: tuple[str, ...]) -> None:
    """Run one of Django's own commands, such as `porch manage migrate` or `porch manage shell`."""
    ManagementUtility(["porch manage", *words]).execute()
