"""What may wait on the page Today: one line for each thing, with the right that it asks for."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from porch.community.newcomers.reads import newcomers
from porch.community.newcomers.rights import WELCOME_NEWCOMERS
from porch.community.requests.reads import requests_in
from porch.community.requests.rights import DECIDE_REQUESTS
from porch.community.roles.rights import Right
from porch.community.tiers.reads import count_renewals
from porch.community.tiers.rights import MANAGE_TIERS
from porch.conversation.spaces.rights import TEND_TOPICS
from porch.engine.jobs.reads import failed_jobs
from porch.engine.promises.reads import count_overdue
from porch.kit.days import day_of
from porch.kit.refusals import Text
from porch.moderation.queue.reads import count_waiting


@dataclass(frozen=True, slots=True)
class Card:
    """Something that may wait: its title, how many there are, and where one does something about it.

    ``right`` is what it takes to see it; None is for operators, whether they have a right here or not. ``count`` gets
    the numbers of the circles in which whoever looks has the right, or None for all of them.
    """

    title: Text
    what: Text
    url: str
    right: Right | None
    count: Callable[[datetime, Collection[int] | None], int]
    # Good news asks for nothing: it is shown without a mark.
    is_news: bool = False
    # Whether the right in one circle shows it too.
    somewhere: bool = False
    # What its address goes on with, after the question mark.
    query: str = ""


def count_due(at: datetime, _circles: Collection[int] | None) -> int:
    """Count the tiers that are due for renewal soon, or in grace."""
    counts = count_renewals(day_of(at))
    return counts.due + counts.grace


CARDS: tuple[Card, ...] = (
    Card(
        _("Review"),
        _("members wrote what waits for a look"),
        "review",
        TEND_TOPICS,
        lambda _at, circles: count_waiting(circles),
        somewhere=True,
    ),
    Card(
        _("Newcomers"),
        _("came in the last 30 days and nobody has greeted them"),
        "newcomers",
        WELCOME_NEWCOMERS,
        lambda at, _circles: newcomers(at, waiting=True).count(),
        is_news=True,
    ),
    Card(
        _("Requests to join"),
        _("wait for a yes or a no"),
        "requests",
        DECIDE_REQUESTS,
        lambda _at, circles: requests_in(circles, "decide").count(),
        somewhere=True,
        query="show=decide",
    ),
    Card(
        _("Vouches"),
        _("are missing for those who want in"),
        "requests",
        DECIDE_REQUESTS,
        lambda _at, circles: requests_in(circles, "vouches").count(),
        somewhere=True,
        query="show=vouches",
    ),
    Card(
        _("Renewals"),
        _("are due within 30 days, or in grace"),
        "renewals",
        MANAGE_TIERS,
        count_due,
    ),
    Card(
        _("Overdue promises"),
        _("owed, and past their time"),
        "desk-promises",
        None,
        lambda at, _circles: count_overdue(at),
    ),
    Card(_("Failed jobs"), _("wait for a decision"), "jobs", None, lambda _at, _circles: failed_jobs()),
)
