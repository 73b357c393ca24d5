"""Letters to whoever asked to come in."""

from datetime import datetime
from enum import StrEnum

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from porch.community.circles.models import Circle
from porch.community.requests.models import JoinRequest
from porch.people.delivery.actions import send
from porch.people.delivery.grounds import Reason, Transactional
from porch.people.delivery.letters import Letter


class News(StrEnum):
    """What became of a request."""

    ADMITTED = "admitted"
    DECLINED = "declined"
    WAITING = "waiting"
    VOUCHES = "vouches"
    REOPENED = "reopened"
    EXPIRED = "expired"


# The subject, and what stands below it.
WORDS: dict[News, tuple[Promise, Promise]] = {
    News.ADMITTED: (_("You are in: %(circle)s"), _("Your request was granted. Come in whenever you like.")),
    News.DECLINED: (
        _("Your request to join %(circle)s was declined"),
        _("You may ask again. What you wrote is deleted after 90 days."),
    ),
    News.WAITING: (
        _("You are on the waiting list of %(circle)s"),
        _(
            "There is no seat free now. Your place on the waiting list: %(n)s. When it is your turn, we write to you."
        ),
    ),
    News.VOUCHES: (
        _("Your request to join %(circle)s: members have to vouch"),
        _("Those who decide said yes. Members still have to vouch for you: %(n)s. Ask those who know you."),
    ),
    News.REOPENED: (
        _("Your request to join %(circle)s is looked at again"),
        _("What was decided about it was taken back. We write to you when there is news."),
    ),
    News.EXPIRED: (
        _("Your request to join %(circle)s has expired"),
        _("Nothing was decided within 60 days. You may ask again."),
    ),
}


def tell_asker(asked: JoinRequest, circle: Circle, news: News, *, at: datetime, n: int = 0) -> None:
    """Write to whoever asked what became of it, in the transaction in which it does.

    ``n`` is the place on the waiting list, or how many vouches are missing. Whoever has no address reads it on their
    account.
    """
    address = asked.person.email
    if not address:
        return
    values = {"circle": circle.name, "n": n}
    head, text = (str(words) % values for words in WORDS[news])
    is_in = news == News.ADMITTED
    told = {
        "head": head,
        "text": text,
        "reason": asked.reason if news == News.DECLINED else "",
        "label": _("Come in") if is_in else _("Your requests"),
        "link": settings.PORCH_URL + reverse("inside" if is_in else "my-requests"),
    }
    letter = Letter("community/requests/mail/news", told)
    send(letter, to=address, grounds=Transactional(Reason.JOIN_REQUEST), at=at)
