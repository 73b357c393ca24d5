from datetime import datetime

from django.conf import settings
from django.urls import reverse

from porch.community.tiers.models import MemberTier
from porch.kit.money import in_words
from porch.people.delivery.actions import send
from porch.people.delivery.grounds import Reason, Transactional
from porch.people.delivery.letters import Letter


def tell_of_renewal(held: MemberTier, notice: str, *, at: datetime) -> None:
    """Write to a member that their tier renews soon, is in grace, or has lapsed. Who has no address hears it here."""
    person, tier = held.member.person, held.tier
    if not person.email or not person.is_active:
        return
    context = {
        "name": person.name,
        "tier": tier.name,
        "price": in_words(tier.price, tier.currency) if tier.price else "",
        "renews_on": held.renews_on,
        "lapses_on": held.lapses_on,
        "link": settings.PORCH_URL + reverse("own-tier"),
    }
    letter = Letter(f"community/tiers/mail/{notice}", context)
    send(letter, to=person.email, grounds=Transactional(Reason.RENEWAL), at=at)
