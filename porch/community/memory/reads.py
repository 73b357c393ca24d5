from dataclasses import dataclass
from datetime import datetime

from django.db.models import DateField, Exists, OuterRef

from porch.community.membership.models import here
from porch.community.memory.models import Noticed, NotRemembered
from porch.kit.days import day_of
from porch.kit.prepared import Prepared

MOST_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Remembered:
    """Something to remember of a member today."""

    member_id: int
    member__person__name: str
    occasion: str
    years: int


# One more than is shown tells that there are more.
TODAY = Prepared(
    lambda day: (
        Noticed.objects.filter(here("member__"), on=day, member__person__is_active=True)
        .exclude(Exists(NotRemembered.objects.filter(member=OuterRef("member"))))
        .select_related("member__person")
        .order_by("occasion", "-years", "member")[: MOST_SHOWN + 1]
    ),
    Remembered,
    day=DateField(),
)


def remembered(at: datetime) -> tuple[list[Remembered], bool]:
    """Give what is remembered today, and whether there is more: one query."""
    rows = TODAY.all(day=day_of(at))
    return rows[:MOST_SHOWN], len(rows) > MOST_SHOWN


def is_remembered(person_id: int) -> bool:
    return not NotRemembered.objects.filter(member__person=person_id).exists()
