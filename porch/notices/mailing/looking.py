"""Look into the mailbags that are due: what still waits for a member goes out as one mail."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction

from porch.community.membership.models import Member
from porch.engine.outbox.models import Delivery
from porch.kit.apart import each_apart
from porch.notices.choosing.hours import due, is_quiet, quiet_until, zone_of
from porch.notices.choosing.models import Choice, Pace
from porch.notices.choosing.reads import choice_of, pace_of
from porch.notices.mailing.letters import letter_of
from porch.notices.waiting.models import Mailbag, Notice
from porch.notices.waiting.rules import waiting_for
from porch.notices.waiting.waits import WAITS
from porch.people.consent.grounds import ConsentStands, NoConsent, grounds_for
from porch.people.consent.subjects import person_subject
from porch.people.delivery.actions import send

PURPOSE = "conversation-mail"
MOST_AT_ONCE, MOST_NOTICES = 200, 1_000


def mail_what_is_due(*, at: datetime, hold: bool) -> int:
    """Look into the mailbags that are due; give how many mails were made. With ``hold`` the clock is doubtful."""
    if hold:
        return 0
    bags = Mailbag.objects.filter(due_at__lte=at).order_by("due_at").values_list("pk", flat=True)
    return sum(
        each_apart(list(bags[:MOST_AT_ONCE]), lambda each: look_into(member_id=each, at=at) is not None)
    )


@transaction.atomic
def look_into(*, member_id: int, at: datetime) -> Delivery | None:
    """Mail a member what is due of what waits for them, and say when to look again.

    The mail goes into the outbox in the transaction in which its notices are settled: whoever is killed in between has
    done nothing, and whoever comes second finds nothing to do.
    """
    bags = Mailbag.objects.filter(pk=member_id, due_at__lte=at)
    bag = bags.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked).first()
    if bag is None:
        return None
    member, choice = Member.objects.select_related("person").get(pk=member_id), choice_of(member_id)
    grounds = grounds_to_mail(member)
    if grounds is None:
        put_away(bag, at)
        return None
    if is_quiet(choice, at):
        look_again(bag, quiet_until(choice, at))
        return None
    pending = waiting_for(member.person_id).filter(settled_at__isnull=True).order_by("at", "id")
    found = list(pending.select_related("post__topic__space", "post__author")[:MOST_NOTICES])
    now, later = divide(found, choice, at)
    settle(member_id, found, later, at)
    if len(found) == MOST_NOTICES:
        look_again(bag, at)
    elif later:
        look_again(bag, min(later.values()))
    else:
        bag.delete()
    if not now:
        return None
    letter = letter_of(member, now)
    return send(letter, to=member.person.email or "", grounds=grounds, at=at, batch="notices")


def grounds_to_mail(member: Member) -> ConsentStands | None:
    """Find whether a member has agreed to be mailed, and can be."""
    if not member.person.is_active:
        return None
    try:
        return grounds_for(person_subject(member.person), PURPOSE)
    except NoConsent:
        return None


def divide(
    found: Sequence[Notice], choice: Choice, at: datetime
) -> tuple[list[Notice], dict[Notice, datetime]]:
    """Give what is mailed now, and what later and when; what is never mailed is in neither.

    Once something goes out, whatever else is to be told at once goes with it.
    """
    zone = zone_of(choice)
    paces = {each: pace_of(choice, each.kind) for each in found}
    dues = {each: moment for each in found if (moment := due(paces[each], each.at, WAITS, zone)) is not None}
    is_time = any(moment <= at for moment in dues.values())
    now = [each for each, moment in dues.items() if moment <= at or (is_time and paces[each] == Pace.AT_ONCE)]
    gone = set(now)
    return now, {each: moment for each, moment in dues.items() if each not in gone}


def settle(member_id: int, found: Sequence[Notice], later: dict[Notice, datetime], at: datetime) -> None:
    """Settle what is mailed, what is never to be, and what waits no more: read, put away, or out of reach."""
    open_ones = Notice.objects.filter(member_id=member_id, settled_at__isnull=True)
    if len(found) == MOST_NOTICES:
        open_ones = open_ones.filter(pk__in=[each.pk for each in found])
    open_ones.exclude(pk__in=[each.pk for each in later]).update(settled_at=at)


def put_away(bag: Mailbag, at: datetime) -> None:
    """Settle all that waits for somebody who is not mailed: later they are mailed only what is new then."""
    Notice.objects.filter(member_id=bag.pk, settled_at__isnull=True).update(settled_at=at)
    bag.delete()


def look_again(bag: Mailbag, at: datetime) -> None:
    """Look into a mailbag again at a moment."""
    bag.due_at = at
    bag.save(update_fields=["due_at"])
