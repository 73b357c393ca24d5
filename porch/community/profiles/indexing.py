"""The words under which members are found: made from what they answered, and made anew when that changes."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from porch.community.membership.models import Member
from porch.community.profiles.hours import next_turn, read_hours
from porch.community.profiles.models import (
    Kind,
    NameStart,
    ProfileAnswer,
    ProfileField,
    ProfileTerm,
    Visibility,
)
from porch.community.profiles.values import starts, terms
from porch.engine.facts.pull import Pulled

BATCH = 500
SEARCHED = (Kind.CHOICE, Kind.INTERESTS, Kind.PLACE, Kind.HOURS)


def index_answers(answers: Iterable[ProfileAnswer], *, at: datetime) -> None:
    """Make the terms of some answers anew. Call it in the verb's transaction; their fields are loaded."""
    answers = list(answers)
    ProfileTerm.objects.filter(answer__in=answers).delete()
    rows = []
    for answer in answers:
        field = answer.field
        answer.turns_at = next_turn(read_hours(answer.value).zone, at) if field.kind == Kind.HOURS else None
        if answer.visibility != Visibility.NOBODY and field.retired_at is None:
            rows += [
                ProfileTerm(
                    answer=answer, field=field, member_id=answer.member_id, kind=field.kind, term=term,
                    visibility=answer.visibility,
                )
                for term in sorted(terms(field.kind, answer.value, at))
            ]  # fmt: skip
    ProfileTerm.objects.bulk_create(rows, batch_size=BATCH)
    ProfileAnswer.objects.bulk_update(answers, ["turns_at"], batch_size=BATCH)


def index_field(field: ProfileField, *, at: datetime) -> None:
    """Make the terms of all answers to a field."""
    if field.kind in SEARCHED:
        index_answers(ProfileAnswer.objects.filter(field=field).select_related("field"), at=at)


@transaction.atomic
def turn_hours(*, at: datetime, most: int = BATCH) -> int:
    """Put hours in the search right whose clocks have changed; give how many were. Call it until there are none."""
    due = ProfileAnswer.objects.filter(turns_at__lte=at).select_related("field").order_by("turns_at", "pk")
    turned = list(due.select_for_update(of=("self",))[:most])
    index_answers(turned, at=at)
    return len(turned)


def hear_names(fact: Pulled) -> None:
    """Keep the beginnings of names right: of whoever has joined, and of whoever is called something else."""
    who = (
        {"pk": fact.ids["member_id"]} if fact.kind == "MemberJoined" else {"person_id": fact.ids["person_id"]}
    )
    member = Member.objects.select_related("person").filter(**who).first()
    if member is not None:
        index_name(member)


@transaction.atomic
def index_name(member: Member) -> None:
    """Make the beginnings of a member's name anew."""
    wanted = starts(member.person.name)
    there = set(NameStart.objects.filter(member=member).values_list("start", flat=True))
    NameStart.objects.filter(member=member, start__in=there - wanted).delete()
    NameStart.objects.bulk_create(NameStart(member=member, start=each) for each in sorted(wanted - there))
