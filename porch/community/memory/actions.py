"""The verbs of memory: notice what is to be remembered, and let members be left out of it."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from porch.community.circles.models import CircleMember
from porch.community.joining.models import Arrival
from porch.community.membership.models import Member, here
from porch.community.memory.days import bounds, days_remembered
from porch.community.memory.models import Noticed, NotRemembered, Occasion
from porch.kit.days import day_of
from porch.kit.locks import take_turns
from porch.kit.refusals import NotAllowed
from porch.people.identity.models import Person

BATCH = 1_000


@transaction.atomic
def notice(*, at: datetime, hold: bool = False) -> int:
    """Notice what is remembered today and tomorrow; give how many things are new. It is safe to call twice.

    Tomorrow is noticed too, so that it is there at the first second of the day. What is over goes, unless ``hold``
    says that the clock is in doubt.
    """
    take_turns("memory")
    today = day_of(at)
    if not hold:
        Noticed.objects.filter(on__lt=today - timedelta(days=1)).delete()
    found = anniversaries(today) + anniversaries(today + timedelta(days=1)) + first_circles(today)
    days = (today, today + timedelta(days=1))
    known = set(Noticed.objects.filter(on__in=days).values_list("member_id", "on", "occasion"))
    new = [each for each in found if (each.member_id, each.on, each.occasion) not in known]
    Noticed.objects.bulk_create(new, batch_size=BATCH)
    return len(new)


def anniversaries(day: date) -> list[Noticed]:
    """Find who joined a round number of years before a day."""
    found = []
    first = Member.objects.present().order_by("joined_at").values_list("joined_at", flat=True).first()
    for years, then in days_remembered(day):
        start, end = bounds(then)
        if first is None or end <= first:
            continue
        ids = (
            Member.objects.present()
            .filter(joined_at__gte=start, joined_at__lt=end)
            .values_list("pk", flat=True)
        )
        found += [Noticed(member_id=pk, on=day, occasion=Occasion.YEARS, years=years) for pk in ids]
    return found


def first_circles(day: date) -> list[Noticed]:
    """Find who came into their first circle on a day; a hidden circle is nobody else's to know of."""
    start, end = bounds(day)
    # Whoever has left the circle they were in before has no row of it any more, but the arrival stays.
    came = Arrival.objects.filter(member=OuterRef("member"), circle__is_whole=False, at__lt=start)
    before = CircleMember.objects.filter(member=OuterRef("member"), joined_at__lt=start)
    rows = CircleMember.objects.filter(
        ~Exists(came),
        ~Exists(before),
        joined_at__gte=start,
        joined_at__lt=end,
        circle__is_hidden=False,
        circle__is_whole=False,
    )
    ids = rows.filter(here("member__")).order_by("member").values_list("member", flat=True).distinct()
    return [Noticed(member_id=pk, on=day, occasion=Occasion.FIRST_CIRCLE) for pk in ids]


@transaction.atomic
def choose_memory(*, is_wanted: bool, by: Person, at: datetime) -> None:
    """Let a member have their anniversaries and firsts shown, or not; it holds at once."""
    member = Member.objects.present().filter(person=by).first()
    if member is None:
        raise NotAllowed
    if is_wanted:
        NotRemembered.objects.filter(member=member).delete()
    else:
        NotRemembered.objects.get_or_create(member=member, defaults={"since": at})
