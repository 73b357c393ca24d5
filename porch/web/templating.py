"""The Jinja2 environment of every page and mail."""

from collections.abc import MutableMapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.dates import MONTHS_3
from django.utils.translation import get_language, get_language_bidi, gettext, ngettext
from jinja2 import Environment, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from porch import __version__
from porch.web.server.static import static_url


class SharedGlobals(Environment):
    """An environment whose templates all see the same globals.

    Jinja gives each a chain of two maps, and walks it in Python wherever one template imports another.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(d) if d else self.globals


def environment(**options: Any) -> Environment:
    """Make the environment: everything escaped, nothing undefined, every string translatable."""
    options |= {
        "autoescape": select_autoescape(["html", "xml"], default=True),
        "undefined": StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "extensions": ["jinja2.ext.i18n"],
    }
    env = SharedGlobals(**options)
    # Where there is only one language a text is looked up once.
    translate = lru_cache(maxsize=10_000)(gettext) if is_one_language() else gettext
    env.install_gettext_callables(translate, ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.globals.update(static=static_url, url=url, site=settings.PORCH_URL, version=__version__)
    env.globals.update(site_name="Porch", language=language, direction=direction)
    env.filters.update(when=when, day=day, initials=initials)
    return env


def language() -> str | None:
    """Name the language of the moment."""
    return settings.LANGUAGE_CODE if is_one_language() else get_language()


def is_one_language() -> bool:
    return len(settings.LANGUAGES) == 1


@lru_cache(maxsize=10_000, typed=True)
def url(name: str, *args: object) -> str:
    """Give the address of a page. A list names the same few over and over."""
    return reverse(name, args=args)


def direction() -> str:
    return "rtl" if get_language_bidi() else "ltr"


def when(at: datetime) -> Markup:
    """Write an instant for people: in UTC as it leaves here, in the reader's own zone once a script runs."""
    at = at.astimezone(UTC)
    return Markup(f'<time datetime="{stamp(at)}">{date(at)}, {at.hour:02}:{at.minute:02} UTC</time>')  # noqa: S704 - digits, and what date escapes


def day(at: datetime) -> Markup:
    """Write the day of an instant, likewise."""
    at = at.astimezone(UTC)
    return Markup(f'<time datetime="{stamp(at)}" data-form="day">{date(at)}</time>')  # noqa: S704 - digits, and what date escapes


def stamp(at: datetime) -> str:
    return at.isoformat()[:19] + "Z"


def date(at: datetime) -> str:
    """Write a day, safe for HTML."""
    return f"{at.day} {month(language(), at.month)} {at.year}"


@lru_cache(maxsize=1_000)
def month(spoken: str | None, number: int) -> str:
    """Name a month in the language of the moment, which ``spoken`` has to name; safe for HTML."""
    return str(escape(str(MONTHS_3[number]).title()))


def initials(name: str) -> str:
    """Give the first letters of the first and the last word of a name."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()
