"""The Jinja2 environment of every page and mail."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import lru_cache, partial
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.dates import MONTHS_3
from django.utils.translation import get_language, get_language_bidi, gettext, ngettext
from jinja2 import Environment, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from porch import __version__
from porch.community.membership.reads import MEMBERSHIP
from porch.conversation.pages.slots import POST_LINKS, SPACE_LINKS
from porch.kit.money import in_words
from porch.kit.text import size_in_words
from porch.web.folding import InEachLanguage
from porch.web.server.static import static_url


def environment(**options: Any) -> Environment:
    """Make the environment: everything but plain text escaped, nothing undefined, every string translatable."""
    options |= {
        "autoescape": select_autoescape(["html", "xml"], ["txt"], default=True),
        "undefined": StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "extensions": ["jinja2.ext.i18n"],
    }
    return InEachLanguage(furnish, **options)


def furnish(env: Environment) -> None:
    """Give an environment what every template may use, in the language of the moment."""
    months = ["", *(str(escape(str(MONTHS_3[n]).title())) for n in range(1, 13))]
    env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.globals.update(static=static_url, url=url, site=settings.PORCH_URL, version=__version__)
    env.globals.update(site_name=settings.PORCH_NAME, language=get_language, direction=direction)
    env.globals.update(post_links=lambda: POST_LINKS, space_links=lambda: SPACE_LINKS)
    env.globals.update(goes_inside=goes_inside, time_zone=settings.PORCH_TIME_ZONE)
    env.filters.update(when=partial(when, months=months), day=partial(day, months=months), initials=initials)
    env.filters.update(
        plain_when=partial(plain_when, months=months), plain_day=partial(plain_day, months=months)
    )
    env.filters.update(plain_month=partial(plain_month, months=months), money=in_words)
    env.filters.update(bytes=size_in_words, sized=partial(sized, months=months))


@lru_cache(maxsize=10_000, typed=True)
def url(name: str, *args: object) -> str:
    """Give the address of a page. A list names the same few over and over."""
    return reverse(name, args=args)


def goes_inside(person: Any) -> bool:
    """Say whether whoever asks is a member, for pages that show the way in; asks nothing for a stranger."""
    if not person.is_authenticated:
        return False
    row = MEMBERSHIP.first(person=person.pk)
    # So that the page can show the way to Today, without asking again.
    person.looks_after = row is not None and row.is_steward
    return row is not None


def direction() -> str:
    return "rtl" if get_language_bidi() else "ltr"


def when(at: datetime, *, months: Sequence[str]) -> Markup:
    """Write an instant for people: in UTC as it leaves here, in the reader's own zone once a script runs.

    The names of the months, from the place 1, are safe for HTML.
    """
    shown = plain_when(at, months=months)
    return Markup(f'<time datetime="{stamp(at.astimezone(UTC))}">{shown}</time>')  # noqa: S704 - digits and months


def day(at: datetime, *, months: Sequence[str]) -> Markup:
    """Write the day of an instant, likewise."""
    at = at.astimezone(UTC)
    shown = f"{at.day} {months[at.month]} {at.year}"
    return Markup(f'<time datetime="{stamp(at)}" data-form="day">{shown}</time>')  # noqa: S704 - digits and months


def plain_day(day: date, *, months: Sequence[str]) -> str:
    """Write a day that is the same for everyone, such as a renewal date, in mails too."""
    return Markup(f"{day.day} {months[day.month]} {day.year}")  # noqa: S704 - digits and months


def plain_when(at: datetime, *, months: Sequence[str]) -> str:
    """Write an instant where no script will run, such as in mails."""
    at = at.astimezone(UTC)
    return Markup(f"{at.day} {months[at.month]} {at.year}, {at.hour:02}:{at.minute:02} UTC")  # noqa: S704 - digits and months


def plain_month(day: date, *, months: Sequence[str]) -> str:
    """Write a month, such as that in which somebody came."""
    return Markup(f"{months[day.month]} {day.year}")  # noqa: S704 - digits and months


def stamp(at: datetime) -> str:
    """Write an instant as HTML's ``datetime`` takes it; ``at`` is in UTC."""
    return at.isoformat()[:19] + "Z"


def sized(
    rows: Sequence[Sequence[Any]], at: int, day_at: int | None = None, *, months: Sequence[str]
) -> list[list[Any]]:
    """Write rows for a table: the column ``at`` as a size for people, and ``day_at`` as a day."""
    shown = [list(row) for row in rows]
    for row in shown:
        row[at] = size_in_words(row[at])
        if day_at is not None:
            row[day_at] = day(row[day_at], months=months)
    return shown


def initials(name: str) -> str:
    """Give the first letters of the first and the last word of a name."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()
