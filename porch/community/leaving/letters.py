"""The one letter that goes to somebody who left."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from porch.community.leaving.models import Leaving
from porch.people.delivery.actions import send
from porch.people.delivery.grounds import Reason, Transactional
from porch.people.delivery.letters import Letter
from porch.people.erasure.reads import Line
from porch.people.identity.models import Person

TEMPLATE = "community/leaving/mail/receipt"


def send_receipt(
    leaving: Leaving,
    person: Person,
    *,
    is_erased: bool,
    lines: list[Line],
    stopped: bool,
    token: str,
    at: datetime,
) -> None:
    """Tell somebody what happens now, and how to undo it; who has no address undoes it in their account."""
    if not person.email:
        return
    told = {
        "archive_at": leaving.archive_at,
        "is_erased": is_erased,
        "lines": lines,
        "stopped": stopped,
        "undo": settings.PORCH_URL + reverse("leaving-undo", args=[token]),
    }
    letter = Letter(TEMPLATE, told, is_secret=True)
    send(letter, to=person.email, grounds=Transactional(Reason.LEAVING_RECEIPT), at=at)
