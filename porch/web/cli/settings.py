import json
from dataclasses import fields

import click
from django.conf import settings as django_settings

from porch.web.settings.options import SECRET, Options, manual


@click.command()
@click.option("--markdown", is_flag=True, help="Print the page docs/settings.md.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def settings(markdown: bool, as_json: bool) -> None:
    """List every setting, what it is for, and what it is here. Passwords are not shown."""
    values = {
        name: "set" if name in SECRET and value else value
        for name, value in ((f.name, getattr(django_settings.OPTIONS, f.name)) for f in fields(Options))
    }
    if markdown:
        click.echo(manual())
    elif as_json:
        click.echo(json.dumps(values, default=str))
    else:
        for each in fields(Options):
            value = values[each.name]
            click.echo(
                f"PORCH_{each.name.upper():<18} {value if value not in ('', None, ()) else '(not set)'}"
            )
            click.echo(f"    {each.metadata['help']}")
