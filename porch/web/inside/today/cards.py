"""What may wait on the page Today: one line for each thing, with the right that it asks for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from porch.community.lists.ours import SEE_MEMBERS
from porch.community.membership.models import Member
from porch.community.roles.rights import Right
from porch.engine.jobs.reads import failed_jobs
from porch.engine.promises.reads import count_overdue
from porch.kit.refusals import Text

NEW = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Card:
    """Something that may wait: its title, how many there are, and where one does something about it.

    ``right`` is what it takes to see it; None is for operators, whether they have a right here or not.
    """

    title: Text
    what: Text
    url: str
    right: Right | None
    count: Callable[[datetime], int]
    # Good news asks for nothing: it is shown without a mark.
    is_news: bool = False


def count_newcomers(at: datetime) -> int:
    """Count who came in the last seven days and is here."""
    return Member.objects.present().filter(joined_at__gt=at - NEW).count()


CARDS: tuple[Card, ...] = (
    Card(
        _("Newcomers"),
        _("came in the last seven days"),
        "member-list",
        SEE_MEMBERS,
        count_newcomers,
        is_news=True,
    ),
    Card(_("Overdue promises"), _("owed, and past their time"), "desk-promises", None, count_overdue),
    Card(_("Failed jobs"), _("wait for a decision"), "jobs", None, lambda at: failed_jobs()),
)
