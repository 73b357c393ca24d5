"""A digest for one member, on Monday morning by their clocks, if they have not been here and missed something."""

from datetime import datetime

from django.db import transaction

from porch.engine.outbox.models import Delivery
from porch.kit.apart import each_apart
from porch.kit.locks import take_turns
from porch.notices.choosing.hours import MONDAY, MORNING, is_quiet, zone_of
from porch.notices.choosing.models import Choice
from porch.notices.choosing.reads import choice_of
from porch.notices.digest.letters import digest_letter
from porch.notices.digest.models import LastDigest
from porch.notices.digest.reads import AWAY, PURPOSE, last_here, members_for_digests, missed_by
from porch.people.consent.grounds import NoConsent, grounds_for
from porch.people.consent.subjects import person_subject
from porch.people.delivery.actions import send


def send_due_digests(*, at: datetime, hold: bool) -> int:
    """Send the digests that are due; give their number. With ``hold`` the clock is doubtful."""
    if hold:
        return 0
    ids = list(members_for_digests(at).order_by("pk").values_list("pk", flat=True))
    return sum(each_apart(ids, lambda each: send_digest(member_id=each, at=at) is not None))


@transaction.atomic
def send_digest(*, member_id: int, at: datetime) -> Delivery | None:
    """Send a member their digest, if it is time, they were not here, and there is something in it."""
    take_turns(f"digest {member_id}")
    member = members_for_digests(at).select_related("person").filter(pk=member_id).first()
    if member is None or not is_time(choice_of(member_id), at):
        return None
    since = last_here(member)
    missed = missed_by(member, since) if since <= at - AWAY else None
    if missed is None or not missed.topics:
        return None
    try:
        grounds = grounds_for(person_subject(member.person), PURPOSE)
    except NoConsent:
        return None
    LastDigest.objects.update_or_create(member=member, defaults={"at": at})
    return send(digest_letter(missed), to=member.person.email or "", grounds=grounds, at=at, batch="digest")


def is_time(choice: Choice, at: datetime) -> bool:
    """Say whether it is Monday from the morning on where a member is, and not in their quiet hours."""
    there = at.astimezone(zone_of(choice))
    return there.weekday() == MONDAY and there.time() >= MORNING and not is_quiet(choice, at)
