"""What pages show of profiles, to whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from porch.community.circles.models import Circle, CircleMember
from porch.community.membership.models import Member
from porch.community.profiles.hours import DAY_NAMES, Hours, clock, read_hours
from porch.community.profiles.models import Kind, ProfileAnswer, ProfileField


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer as it is shown."""

    field: ProfileField
    value: str
    visibility: str
    lines: Sequence[str] = ()

    @property
    def tags(self) -> list[str]:
        return self.value.split(", ")


@dataclass(frozen=True, slots=True)
class Person:
    """A member in a list of those who were found."""

    id: int
    name: str
    joined_at: datetime
    portrait: str | None
    about: Sequence[str]


def live_fields() -> QuerySet[ProfileField]:
    """Give what members are asked, in its order."""
    return ProfileField.objects.filter(retired_at=None).order_by("position", "pk")


def answers_of(member_id: int, seen: Sequence[str] | None) -> list[Shown]:
    """Give what somebody may see of a member's answers; ``seen`` is None for the member, who sees them all."""
    found = ProfileAnswer.objects.filter(member_id=member_id, field__retired_at=None).select_related("field")
    if seen is not None:
        found = found.filter(visibility__in=seen)
    return [shown(each) for each in found.order_by("field__position", "field_id")]


def shown(answer: ProfileAnswer) -> Shown:
    """Put an answer into words."""
    lines: Sequence[str] = ()
    if answer.field.kind == Kind.HOURS:
        lines = hours_in_words(read_hours(answer.value))
    elif answer.field.kind == Kind.DAY:
        lines = [day_in_words(answer.value)]
    return Shown(answer.field, answer.value, answer.visibility, lines)


def hours_in_words(hours: Hours) -> list[str]:
    """Write hours for people, one line to a day, and the zone last."""
    days = [f"{DAY_NAMES[each.day]} {clock(each.start)}\u2013{clock(each.end)}" for each in hours.windows]
    return [*days, _("by the clocks of %(zone)s") % {"zone": hours.zone.replace("_", " ")}]


def day_in_words(value: str) -> str:
    """Write a day of the year for people."""
    return f"{int(value[3:])} {MONTHS[int(value[:2])]}"


def people(ids: Sequence[int], seen: Sequence[str]) -> list[Person]:
    """Give members by their numbers, in that order, each with what they show of interests and place: two queries."""
    rows = Member.objects.present().select_related("person", "portrait").in_bulk(ids)
    about: dict[int, list[str]] = {}
    told = ProfileAnswer.objects.filter(
        member__in=ids,
        visibility__in=seen,
        field__retired_at=None,
        field__kind__in=(Kind.PLACE, Kind.INTERESTS),
    )
    for answer in told.order_by("field__position", "field_id"):
        about.setdefault(answer.member_id, []).append(answer.value)
    return [
        Person(pk, rows[pk].person.name, rows[pk].joined_at, portrait_of(rows[pk]), about.get(pk, []))
        for pk in ids
        if pk in rows
    ]


def portrait_of(member: Member) -> str | None:
    """Give the id of a member's portrait; whoever is no longer active shows none."""
    if not member.person.is_active or not hasattr(member, "portrait"):
        return None
    return str(member.portrait.holding_id)


def hours_of(person_id: int) -> Hours | None:
    """Give a person's own hours, whoever else may see them."""
    found = ProfileAnswer.objects.filter(
        member__person_id=person_id, field__kind=Kind.HOURS, field__retired_at=None
    )
    value = found.order_by("field__position", "field_id").values_list("value", flat=True).first()
    return read_hours(value) if value else None


def circles_in_common(one: int, other: int) -> list[Circle]:
    """Give the circles inside the community that two members are both in."""
    of_one = CircleMember.objects.filter(member_id=one).values("circle")
    of_other = CircleMember.objects.filter(member_id=other).values("circle")
    return list(Circle.objects.filter(Q(pk__in=of_one) & Q(pk__in=of_other), is_whole=False).order_by("name"))


def retired_answers(person_id: int) -> list[Shown]:
    """Give a person's answers to what is asked no more, which go with it."""
    found = ProfileAnswer.objects.filter(member__person_id=person_id, field__retired_at__isnull=False)
    return [shown(each) for each in found.select_related("field").order_by("field_id")]
