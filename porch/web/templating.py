"""The Jinja2 environment of every page and mail."""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.dates import MONTHS_3
from django.utils.translation import get_language, get_language_bidi, gettext, ngettext
from jinja2 import Environment, StrictUndefined, select_autoescape
from markupsafe import Markup

from porch import __version__
from porch.web.server.static import static_url

INSTANT = Markup('<time datetime="{}">{}, {} UTC</time>')
DAY = Markup('<time datetime="{}" data-form="day">{}</time>')


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
    env.globals.update(site_name="Porch", language=get_language, direction=direction)
    env.filters.update(when=when, day=day, initials=initials)
    return env


def url(name: str, *args: object) -> str:
    return reverse(name, args=args)


def direction() -> str:
    return "rtl" if get_language_bidi() else "ltr"


def when(at: datetime) -> Markup:
    """Write an instant for people: in UTC as it leaves here, in the reader's own zone once a script runs."""
    at = at.astimezone(UTC)
    return INSTANT.format(stamp(at), date(at), at.strftime("%H:%M"))


def day(at: datetime) -> Markup:
    """Write the day of an instant, likewise."""
    at = at.astimezone(UTC)
    return DAY.format(stamp(at), date(at))


def stamp(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def date(at: datetime) -> str:
    return f"{at.day} {str(MONTHS_3[at.month]).title()} {at.year}"


def initials(name: str) -> str:
    """Give the first letters of the first and the last word of a name."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()
