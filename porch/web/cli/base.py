"""What the commands share: help without waiting, one line for what went wrong, Django ready before they load."""

import os
import sys
from difflib import get_close_matches
from typing import NoReturn

import click
import django
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string  # noqa: TID251 - a command loads when it is wanted

from porch.web.logs import set_up_logs
from porch.web.settings.folder import prepare_folder
from porch.web.settings.options import Options, SettingsError, read_options

COMMANDS = {
    "serve": ("porch.web.cli.serve.serve", "Run Porch: the site and its background worker."),
    "work": ("porch.web.cli.work.work", "Run background jobs only, beside `serve --no-worker`."),
    "owner-link": ("porch.web.cli.owner_link.owner_link", "Print a one-time link that signs the owner in."),
    "erase": ("porch.web.cli.erase.erase", "Erase a person from every table."),
    "person": ("porch.web.cli.person.person", "Add a person, or list those there are."),
    "backup": ("porch.web.cli.backup.backup", "Write everything into one file, while Porch runs."),
    "restore": ("porch.web.cli.restore.restore", "Fill an empty data folder from a backup."),
    "doctor": ("porch.web.cli.doctor.doctor", "Look over this installation and advise."),
    "files": ("porch.web.cli.files.files", "Look whether all stored files are there and whole."),
    "search": ("porch.web.cli.search.search", "Look whether every post can be found, and mend the index."),
    "repair": ("porch.web.cli.repair.repair", "Count anew what is kept beside what it counts."),
    "mail": ("porch.web.cli.mail.mail", "Send a test mail and say what the mail server answered."),
    "check": ("porch.web.cli.check.check", "Say whether settings, code and database fit together."),
    "sessions": ("porch.web.cli.sessions.sessions", "Sign people out, wherever they are."),
    "settings": ("porch.web.cli.settings.settings", "List every setting, its meaning and its value here."),
    "manage": ("porch.web.cli.manage.manage", "Django's own commands, such as `manage migrate`."),
}
BAD_SETTINGS = 78
BAD_UPGRADE = 70
# They yield to everyone else from their first moment: to load takes them longer than many a page.
POLITE = {"backup": 10}


class Commands(click.Group):
    """Finds commands by name when they are wanted, and guesses what a wrong name meant."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        if cmd_name in POLITE and not {"--help", "-h"} & set(sys.argv):
            os.nice(POLITE[cmd_name])
        load()
        command: click.Command = import_string(COMMANDS[cmd_name][0])
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS:
            close = get_close_matches(args[0], COMMANDS, 1)
            guess = f"Did you mean {close[0]!r}?" if close else "`porch --help` lists the commands."
            ctx.fail(f"There is no command {args[0]!r}. {guess}")
        return super().resolve_command(ctx, args)


def load() -> None:
    """Read the settings and start Django. What does not fit ends the command, with its reason.

    Whoever only asks for help gets it without a data folder being made.
    """
    try:
        # What Porch writes is for its own eyes: the database holds who is signed in.
        os.umask(0o077)
        options = read_options()
        require_house(options)
        if not {"--help", "-h"} & set(sys.argv) and not makes_folder():
            prepare_folder(options.data)
        set_up_logs(options.log)
        os.environ["DJANGO_SETTINGS_MODULE"] = "porch.web.settings.django"
        django.setup()
    except SettingsError as error:
        stop(str(error))
    except ImproperlyConfigured as error:
        if "psycopg" not in str(error):
            raise
        stop("PORCH_DATABASE needs the driver for PostgreSQL: .venv/bin/pip install 'psycopg[binary]'")
    except OSError as error:
        stop(
            f"the data folder cannot be used: {error.strerror} ({error.filename}). PORCH_DATA names another."
        )


def require_house(options: Options) -> None:
    """Refuse to furnish a new house in a folder where somebody only happened to stand."""
    is_named = os.environ.get("PORCH_DATA", "").strip()
    may_be_new = {"--help", "-h"} & set(sys.argv) or sys.argv[1:2] == ["serve"] or makes_folder()
    if not is_named and not may_be_new and not options.data.exists():
        raise SettingsError(
            f"there is no Porch in {options.data}. Go to its folder, or name it in PORCH_DATA"
        )


def makes_folder() -> bool:
    """Say whether the command that was asked for fills the data folder itself."""
    return sys.argv[1:2] == ["restore"]


def stop(why: str, code: int = BAD_SETTINGS) -> NoReturn:
    """Say why, in one line, and end the command."""
    say(f"porch: {why}")
    sys.exit(code)


def say(text: str) -> None:
    """Tell a person what happens, on standard error: standard output belongs to what was asked for."""
    click.echo(text, err=True)
