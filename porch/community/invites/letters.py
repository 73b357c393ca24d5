"""The letter that invites one address."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from porch.community.invites.models import Invite
from porch.engine.outbox.models import Delivery
from porch.kit.text import shorten
from porch.people.delivery.actions import send
from porch.people.delivery.grounds import Reason, Transactional
from porch.people.delivery.letters import Letter

# Half of a subject, which has 150 characters.
MOST_IN_SUBJECT = 50


def write_to(invite: Invite, *, token: str, at: datetime) -> Delivery:
    """Put the letter of an invite into the outbox, in the transaction in which its secret is made."""
    inviter, place = invite.made_by.person.name, name_of(invite)
    subject = _("%(name)s invites you to %(place)s") % {
        "name": shorten(inviter, MOST_IN_SUBJECT),
        "place": shorten(place, MOST_IN_SUBJECT),
    }
    told = {
        "inviter": inviter,
        "place": place,
        "note": invite.note,
        "link": link_of(token),
        "until": invite.expires_at,
    }
    letter = Letter("community/invites/mail/invite", told, subject=subject, is_secret=True)
    return send(letter, to=invite.address, grounds=Transactional(Reason.INVITED), at=at, batch="invites")


def name_of(invite: Invite) -> str:
    """Say into what an invite leads: the community by the name of the site, a circle by its own beside it."""
    if invite.circle.is_whole:
        return str(settings.PORCH_NAME)
    return f"{invite.circle.name} ({settings.PORCH_NAME})"


def link_of(token: str) -> str:
    """Write the link of an invite."""
    return str(settings.PORCH_URL + reverse("join-by-invite", args=[token]))
