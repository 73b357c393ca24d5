"""Letters about the ownership: both sides read of each step, so that neither learns of it too late."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from porch.community.ownership.models import OwnershipOffer, State
from porch.people.delivery.actions import send
from porch.people.delivery.grounds import Reason, Transactional
from porch.people.delivery.letters import Letter

# What each side reads: whoever gives, and whoever receives.
WORDS: dict[str, tuple[Promise, Promise]] = {
    State.OFFERED: (
        _("You offered the ownership of this community to %(name)s. You stay its owner until they accept."),
        _("%(name)s offers you the ownership of this community. Nothing changes unless you accept."),
    ),
    State.ACCEPTED: (
        _("%(name)s has accepted: the ownership of this community is theirs, and no longer yours."),
        _("You have accepted: you own this community now, in place of %(name)s."),
    ),
    State.DECLINED: (
        _("%(name)s has declined: you stay an owner of this community."),
        _("You have declined the ownership that %(name)s offered you."),
    ),
    State.WITHDRAWN: (
        _("You took back your offer to %(name)s: you stay an owner of this community."),
        _("%(name)s took back the offer of the ownership. There is nothing for you to do."),
    ),
}


def tell_both(offer: OwnershipOffer, *, at: datetime) -> None:
    """Write to both sides how an offer stands now; call it in the transaction of the step."""
    giver, receiver = offer.giver.person, offer.receiver.person
    to_giver, to_receiver = WORDS[offer.state]
    for to, words, other in ((giver, to_giver, receiver), (receiver, to_receiver, giver)):
        if to.email:
            told = {
                "what": str(words) % {"name": other.name},
                "ends_at": offer.ends_at if offer.state == State.OFFERED else None,
                "rights": settings.PORCH_URL + reverse("account-rights"),
            }
            letter = Letter("community/ownership/mail/step", told)
            send(letter, to=to.email, grounds=Transactional(Reason.SECURITY_NOTICE), at=at)
