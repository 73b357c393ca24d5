from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import BigIntegerField, Exists, OuterRef

from porch.community.membership.models import Member, here
from porch.kit.prepared import Counted, Prepared, counted

# How many members are asked about in one statement.
BATCH = 500


@dataclass(frozen=True, slots=True)
class MemberRow:
    id: int
    person__name: str
    joined_at: datetime
    person__is_active: bool
    portrait__holding_id: str | None

    @property
    def portrait(self) -> str | None:
        """Give the id of the portrait beside the name; whoever is no longer active shows none."""
        return self.portrait__holding_id if self.person__is_active else None


@dataclass(frozen=True, slots=True)
class MembershipRow:
    """That somebody belongs. ``is_steward`` says whether a role gives them more than every member has.

    ``waiting`` counts the notices that wait for them.
    """

    id: int
    is_steward: bool
    waiting: int


@dataclass(frozen=True, slots=True)
class StandingRow:
    """How somebody stands here who is a member, or was one a short while ago."""

    id: int
    left_at: datetime | None
    suspended_until: datetime | None
    paused_at: datetime | None

    @property
    def belongs(self) -> bool:
        return self.left_at is None

    @property
    def is_here(self) -> bool:
        return self.left_at is None and self.suspended_until is None and self.paused_at is None


NEWEST_MEMBERS = Prepared(
    lambda: Member.objects.present().select_related("person", "portrait").order_by("-joined_at", "-id")[:20],
    MemberRow,
)
MEMBER = Prepared(
    lambda pk: Member.objects.present().select_related("person", "portrait").filter(pk=pk),
    MemberRow,
    pk=BigIntegerField(),
)
MEMBERSHIP = Prepared(
    lambda person: (
        Member.objects.present()
        .filter(person_id=person)
        .annotate(
            is_steward=Exists(
                Member.objects.filter(pk=OuterRef("pk"), roles_held__role__rights__isnull=False)
            )
        )
    ),
    MembershipRow,
    person=BigIntegerField(),
)
STANDING = Prepared(
    lambda person: Member.objects.filter(person_id=person), StandingRow, person=BigIntegerField()
)
ALL_MEMBERS = Prepared(lambda: counted(Member.objects.present()), Counted)


def member_away(pk: int) -> MemberRow | None:
    """Give a member who belongs and is not here, for those who see all of them."""
    away = Member.objects.belonging().exclude(here()).filter(pk=pk)
    row = away.values(*MemberRow.__dataclass_fields__).first()
    return MemberRow(**row) if row else None


def is_member(person_id: int | None) -> bool:
    return person_id is not None and MEMBERSHIP.exists(person=person_id)


def waiting_of_all(ids: Collection[int]) -> dict[int, int]:
    """Give how many notices wait for each of these members who are here."""
    wanted, found = sorted(ids), dict[int, int]()
    for start in range(0, len(wanted), BATCH):
        some = Member.objects.present().filter(pk__in=wanted[start : start + BATCH])
        found.update(some.values_list("pk", "waiting"))
    return found


def standing_of(person_id: int | None) -> StandingRow | None:
    """Give how somebody stands here, those too who are away or have just left."""
    return None if person_id is None else STANDING.first(person=person_id)


def which_are_members(person_ids: Collection[int]) -> set[int]:
    """Tell which of these people belong."""
    return set(Member.objects.present().filter(person_id__in=person_ids).values_list("person_id", flat=True))


def people_of(member_ids: Collection[int]) -> set[int]:
    """Give the people of these memberships, those too that are over."""
    return set(Member.objects.filter(pk__in=member_ids).values_list("person_id", flat=True))


def count_members() -> int:
    """Count the members."""
    (row,) = ALL_MEMBERS.all()
    return row.n
