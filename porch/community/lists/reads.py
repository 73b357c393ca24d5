"""Members as lists show them, and exact figures for any set of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext_lazy as _

from porch.community.circles.models import Circle, CircleMember
from porch.community.joining.models import Arrival, Way
from porch.community.membership.models import Member, here
from porch.community.removal.models import was_removed
from porch.community.roles.models import Role, RoleHolder
from porch.community.tiers.models import MemberTier, Tier
from porch.kit.days import zone
from porch.kit.paging import page_of
from porch.kit.refusals import Text

PAGE = 50
CHUNK = 500


@dataclass(frozen=True, slots=True)
class ListedMember:
    """A member as a steward sees them in the list."""

    id: int
    name: str
    address: str
    joined_at: datetime
    circles: list[str]
    roles: list[str]
    tier: str
    standing: Text
    way: str
    brought_by: str


@dataclass(frozen=True, slots=True)
class Headcount:
    """How many belong, and how many of them are away."""

    members: int
    away: int


@dataclass(frozen=True, slots=True)
class Cohort:
    """Those who came first in one month: how many of them belong, came in all, and were removed."""

    month: datetime
    present: int
    came: int
    removed: int

    @property
    def left(self) -> int:
        return self.came - self.present - self.removed


def listed(found: QuerySet[Member], number: int, seen: QuerySet[Circle]) -> tuple[list[ListedMember], bool]:
    """Give a page of a set, and say whether there is another."""
    rows, has_more = page_of(found.select_related("person"), number, PAGE)
    return in_full(rows, seen), has_more


def all_listed(found: QuerySet[Member], seen: QuerySet[Circle]) -> Iterator[ListedMember]:
    """Give a whole set, newest first, read in chunks: a long list takes no more memory than a short one."""
    rows = list(found.select_related("person")[:CHUNK])
    while rows:
        yield from in_full(rows, seen)
        last = rows[-1]
        after = Q(joined_at__lt=last.joined_at) | Q(joined_at=last.joined_at, pk__lt=last.pk)
        rows = list(found.filter(after).select_related("person")[:CHUNK])


def in_full(rows: list[Member], seen: QuerySet[Circle]) -> list[ListedMember]:
    """Add to members what stands in other tables: four queries for however many."""
    ids = [each.pk for each in rows]
    circles = gathered(
        CircleMember.objects.filter(member__in=ids, circle__in=seen.values("pk"))
        .order_by("circle__name")
        .values_list("member_id", "circle__name")
    )
    roles = gathered(
        RoleHolder.objects.filter(member__in=ids)
        .order_by("role__name")
        .values_list("member_id", "role__name")
    )
    tiers: dict[int, str] = dict(
        MemberTier.objects.standing().filter(member__in=ids).values_list("member_id", "tier__name")
    )
    came = {
        arrival.member_id: arrival
        for arrival in Arrival.objects.filter(member__in=ids, circle__is_whole=True)
        .select_related("brought_by__person")
        .order_by("at", "pk")
    }
    return [
        ListedMember(
            id=each.pk,
            name=each.person.name,
            address=each.person.email or "",
            joined_at=each.joined_at,
            circles=circles.get(each.pk, []),
            roles=roles.get(each.pk, []),
            tier=tiers.get(each.pk, ""),
            standing=standing_of(each),
            way=str(Way(came[each.pk].way).label) if each.pk in came else "",
            brought_by=bringer.person.name
            if each.pk in came and (bringer := came[each.pk].brought_by)
            else "",
        )
        for each in rows
    ]


def standing_of(member: Member) -> Text:
    """Say in a word that somebody is away; nothing where they are here."""
    if member.suspended_until is not None:
        return _("suspended")
    return _("on a pause") if member.paused_at is not None else ""


def gathered(pairs: Iterable[tuple[int, str]]) -> dict[int, list[str]]:
    """Gather the second of each pair under the first."""
    found: dict[int, list[str]] = {}
    for number, name in pairs:
        found.setdefault(number, []).append(name)
    return found


def circles_to_choose(seen: QuerySet[Circle]) -> list[tuple[str, str]]:
    """Give the circles of which somebody may know, as choices."""
    return [
        (str(pk), name) for pk, name in seen.filter(is_whole=False).order_by("name").values_list("pk", "name")
    ]


def roles_to_choose() -> list[tuple[str, str]]:
    """Give the roles that somebody can hold, as choices."""
    found = Role.objects.exclude(key="member").order_by("circle__name", "name")
    return [
        (str(pk), name if is_whole else f"{name} ({circle})")
        for pk, name, circle, is_whole in found.values_list("pk", "name", "circle__name", "circle__is_whole")
    ]


def count_all(found: QuerySet[Member]) -> Headcount:
    """Headcount a set of members: one query."""
    said = found.order_by().aggregate(members=Count("pk"), away=Count("pk", filter=~here()))
    return Headcount(**said)


def members_per_circle(circles: QuerySet[Circle]) -> list[tuple[Circle, Headcount]]:
    """Give circles with how many who belong are in each, those too who are away."""
    inside = CircleMember.objects.filter(member__left_at__isnull=True).order_by().values("circle_id")
    rows = inside.annotate(n=Count("pk"), gone=Count("pk", filter=~here("member__")))
    counts = {pk: Headcount(n, gone) for pk, n, gone in rows.values_list("circle_id", "n", "gone")}
    return [
        (
            each,
            count_all(Member.objects.belonging()) if each.is_whole else counts.get(each.pk, Headcount(0, 0)),
        )
        for each in circles
    ]


def members_per_tier() -> list[tuple[Tier, int]]:
    """Give each tier with how many who belong have it, those too who are in grace or have lapsed."""
    held = MemberTier.objects.standing().values("tier_id")
    counts = dict(held.annotate(n=Count("pk")).values_list("tier_id", "n"))
    return [(each, counts.get(each.pk, 0)) for each in Tier.objects.order_by("position", "name", "pk")]


def tiers_to_choose() -> list[tuple[str, str]]:
    """Give the tiers, as choices."""
    found = Tier.objects.order_by("position", "name", "pk")
    return [(str(pk), name) for pk, name in found.values_list("pk", "name")]


def cohorts() -> list[Cohort]:
    """Give the months in which members came, the newest first: how many came, and how many belong.

    The month is that of the latest time they joined, in the community's time zone. Who was erased is counted nowhere.
    """
    months = (
        Member.objects.annotate(month=TruncMonth("joined_at", tzinfo=zone()))
        .values("month")
        .annotate(
            came=Count("pk"),
            present=Count("pk", filter=Q(left_at__isnull=True)),
            removed=Count("pk", filter=Q(left_at__isnull=False) & Q(was_removed())),
        )
        .order_by("-month")
    )
    return [Cohort(**each) for each in months]
