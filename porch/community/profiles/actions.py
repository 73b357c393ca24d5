"""The verb of a member's own profile. It notes no fact: what members volunteer is measured by nobody (C20)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from porch.community.membership.models import Member
from porch.community.profiles.indexing import index_answers
from porch.community.profiles.models import ProfileAnswer, ProfileField, Visibility
from porch.community.profiles.values import clean
from porch.kit.refusals import BadInput, NotAllowed, Refusal
from porch.people.identity.models import Person


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it was sent: its texts by their names in the form, and who shall see it."""

    texts: Mapping[str, str]
    visibility: str = ""


class AnswersDoNotFit(BadInput):
    """Some answers do not fit: ``problems`` has what is wrong with each, by the number of its field."""

    def __init__(self, problems: Mapping[int, Refusal]) -> None:
        super().__init__()
        self.problems = problems


@transaction.atomic
def fill_profile(*, given: Mapping[int, Given], by: Person, at: datetime) -> Member:
    """Keep a member's own answers; an empty one is removed. All fit, or none is kept: raises ``AnswersDoNotFit``."""
    member = Member.objects.present().select_for_update(of=("self",), no_key=True).filter(person=by).first()
    if member is None:
        raise NotAllowed
    fields = list(ProfileField.objects.filter(pk__in=given, retired_at=None))
    before = {each.field_id: each for each in ProfileAnswer.objects.filter(member=member, field__in=fields)}
    values = clean_all(fields, given)
    changed = []
    for field in fields:
        old, value = before.get(field.pk), values[field.pk]
        if not value:
            ProfileAnswer.objects.filter(member=member, field=field).delete()
            continue
        seen_by = who_sees(field, given[field.pk].visibility, old)
        if old is None or (old.value, old.visibility) != (value, seen_by):
            new, _ = ProfileAnswer.objects.update_or_create(
                member=member, field=field, defaults={"value": value, "visibility": seen_by, "given_at": at}
            )
            new.field = field
            changed.append(new)
    index_answers(changed, at=at)
    return member


@transaction.atomic
def remove_answer(*, field_id: int, by: Person) -> bool:
    """Remove one of a member's own answers, one too that is asked for no more; say whether there was one."""
    gone, _ = ProfileAnswer.objects.filter(member__person=by, field__id=field_id).delete()
    return gone > 0


def clean_all(fields: Iterable[ProfileField], given: Mapping[int, Given]) -> dict[int, str]:
    """Clean every answer, or say what is wrong with each that does not fit."""
    values: dict[int, str] = {}
    problems: dict[int, Refusal] = {}
    for field in fields:
        try:
            values[field.pk] = clean(field, given[field.pk].texts)
        except Refusal as refusal:
            problems[field.pk] = refusal
    if problems:
        raise AnswersDoNotFit(problems)
    return values


def who_sees(field: ProfileField, wanted: str, old: ProfileAnswer | None) -> str:
    """Say who sees an answer: as its giver wishes where that is theirs to choose, else as the field says.

    An answer that is there already is never shown to more than it was given for, unless its giver says so.
    """
    if field.is_theirs_to_choose and wanted in Visibility.values:
        return wanted
    if old is None:
        return field.visibility
    order = Visibility.values
    return min(old.visibility, field.visibility, key=order.index)
