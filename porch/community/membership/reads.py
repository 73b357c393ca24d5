from dataclasses import dataclass
from datetime import datetime

from django.db.models import BigIntegerField

from porch.community.membership.models import Member
from porch.kit.prepared import Prepared


@dataclass(frozen=True, slots=True)
class MemberRow:
    id: int
    person__name: str
    joined_at: datetime


NEWEST_MEMBERS = Prepared(
    lambda: Member.objects.select_related("person").order_by("-joined_at", "-id")[:20], MemberRow
)
MEMBER = Prepared(lambda pk: Member.objects.filter(pk=pk), MemberRow, pk=BigIntegerField())


def is_member(person_id: int | None) -> bool:
    return person_id is not None and Member.objects.filter(person_id=person_id).exists()


def count_members() -> int:
    return Member.objects.count()
