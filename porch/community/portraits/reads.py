from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, CharField

from porch.community.membership.models import here
from porch.community.portraits.models import Portrait
from porch.kit.prepared import Prepared


@dataclass(frozen=True, slots=True)
class PortraitRow:
    """A portrait by the id under which it is downloaded."""

    holding_id: str


def _shown(holding: Any) -> Any:
    return Portrait.objects.filter(here("member__"), holding=holding, member__person__is_active=True)


def _of_person(person: Any) -> Any:
    return Portrait.objects.filter(member__person=person)


PORTRAIT_SHOWN = Prepared(_shown, PortraitRow, holding=CharField())
PORTRAIT_OF = Prepared(_of_person, PortraitRow, person=BigIntegerField())


def portrait_of(person_id: int) -> str | None:
    """Give the id of a person's portrait."""
    row = PORTRAIT_OF.first(person=person_id)
    return row.holding_id if row else None
