"""What whoever is removed or suspended is told by mail."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from porch.community.removal.archiving import archived_by
from porch.community.removal.models import Removal
from porch.people.delivery.actions import send
from porch.people.delivery.grounds import Reason, Transactional
from porch.people.delivery.letters import Letter
from porch.people.identity.models import Person

TEMPLATE = "community/removal/mail/removed"


def tell_removed(removal: Removal, person: Person, *, at: datetime) -> None:
    """Tell somebody that they were removed; who has no address reads it in their account."""
    if not person.email:
        return
    told = {
        "message": removal.message,
        "until": removal.expires_at,
        "archived_by": archived_by(removal),
        "appeal_to": removal.appeal_to,
        "account": settings.PORCH_URL + reverse("own-removal"),
    }
    send(Letter(TEMPLATE, told), to=person.email, grounds=Transactional(Reason.REMOVAL_NOTICE), at=at)
