"""What people are told by mail of what was decided about them and what they wrote."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise

from porch.people.delivery.actions import send
from porch.people.delivery.grounds import Reason, Transactional
from porch.people.delivery.letters import Letter
from porch.people.identity.models import Person

TEMPLATE = "moderation/mail/news"


def tell(
    person: Person | None,
    *,
    head: str | Promise,
    text: str | Promise,
    label: str | Promise,
    page: str,
    at: datetime,
    reason: str = "",
    until: datetime | None = None,
) -> None:
    """Write to somebody, in the transaction in which it happens; who has no address reads it on the page."""
    if person is None or not person.email:
        return
    link = settings.PORCH_URL + reverse(page)
    told = {"head": head, "text": text, "reason": reason, "until": until, "label": label, "link": link}
    letter = Letter(TEMPLATE, told)
    send(letter, to=person.email, grounds=Transactional(Reason.MODERATION), at=at)
