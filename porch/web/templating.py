"""The Jinja2 environment of every page and mail."""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from jinja2 import Environment, StrictUndefined, select_autoescape
from markupsafe import Markup

from porch import __version__
from porch.web.server.static import static_url


def environment(**options: Any) -> Environment:
    """Make the environment: everything escaped, nothing undefined, every string translatable."""
    options |= {
        "autoescape": select_autoescape(["html", "xml"], default=True),
        "undefined": StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "extensions": ["jinja2.ext.i18n"],
    }
    env = Environment(**options)  # noqa: S701 - select_autoescape above
    env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.globals.update(static=static_url, url=url, site=settings.PORCH_URL, version=__version__)
    env.filters.update(when=when)
    return env


def url(name: str, *args: object) -> str:
    return reverse(name, args=args)


def when(at: datetime) -> Markup:
    """Write an instant for people: in UTC as it leaves here, in the reader's own zone once a script runs."""
    at = at.astimezone(UTC)
    iso = at.strftime("%Y-%m-%dT%H:%M:%SZ")
    return Markup(f'<time datetime="{iso}">{at.day} {at.strftime("%b %Y, %H:%M")} UTC</time>')  # noqa: S704 - made of digits and month names
