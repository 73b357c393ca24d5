"""Roles as pages list them: with their rights in plain words, and who holds them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from porch.community.circles.models import Circle
from porch.community.circles.reads import members_of
from porch.community.leaving.models import LaidDownRole
from porch.community.membership.models import Member, here
from porch.community.roles.models import Role, RoleHolder, RoleRight
from porch.community.roles.reads import EVERY, MEMBER, RightRow
from porch.community.roles.rights import RIGHTS
from porch.kit.refusals import BadInput, Conflict, NotFound, Text
from porch.people.identity.addresses import find_by_address

EVERYTHING = _("do everything that can be done in this community, also what later versions bring")
FEW, MOST_LAID_DOWN = 3, 50


class NobodyOfThatName(BadInput):
    text = _("No member here has this name or address.")
    hint = _("Write the name as members see it, or the whole address.")


class SeveralOfThatName(Conflict):
    text = _("Several members have this name.")
    hint = _("Write the address of the one you mean.")


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A role in a list; ``holders`` names the first few of those who have it, ``count`` says how many do."""

    role: Role
    rights: list[Text]
    holders: list[str]
    count: int

    @property
    def is_for_everyone(self) -> bool:
        return self.role.key == MEMBER


def lines_of(found: Sequence[Role]) -> list[RoleLine]:
    """Put roles into words: three queries, however many they are."""
    rights: dict[int, set[str]] = {role.pk: set() for role in found}
    for role_id, right in RoleRight.objects.filter(role__in=found).values_list("role_id", "right"):
        rights[role_id].add(right)
    there = RoleHolder.objects.filter(here("member__"))
    counts = dict(there.filter(role__in=found).order_by().values_list("role_id").annotate(n=Count("pk")))
    first = there.filter(role=OuterRef("role")).order_by("given_at", "pk").values("pk")[:FEW]
    names: dict[int, list[str]] = {role.pk: [] for role in found}
    few = there.filter(role__in=found, pk__in=Subquery(first)).order_by("given_at", "pk")
    for role_id, name in few.values_list("role_id", "member__person__name"):
        names[role_id].append(name)
    return [
        RoleLine(role, words_for(rights[role.pk]), names[role.pk], counts.get(role.pk, 0)) for role in found
    ]


def words_for(names: Iterable[str]) -> list[Text]:
    """Say in plain words what rights allow, after "may"; one that this version does not know by its name."""
    names = set(names)
    if EVERY in names:
        return [EVERYTHING]
    known = [right.text for name, right in RIGHTS.items() if name in names]
    return known + sorted(names - RIGHTS.keys())


def roles_in(circles: QuerySet[Circle]) -> QuerySet[Role]:
    """Select the roles of some circles, those of the whole community first."""
    found = Role.objects.filter(circle__in=circles.values("pk")).select_related("circle")
    return found.order_by("-circle__is_whole", "circle__name", "circle_id", "pk")


def holders_of(role: Role, *, also_away: bool) -> QuerySet[RoleHolder]:
    """Select who has a role, who had it first on top; those who are away only for whoever may take it from them."""
    found = RoleHolder.objects.filter(
        Q(member__left_at__isnull=True) if also_away else here("member__"), role=role
    )
    return found.select_related("member__person", "given_by__person").order_by("given_at", "pk")


def laid_down(role: Role) -> QuerySet[LaidDownRole]:
    """Select who has left and would come back with a role."""
    found = LaidDownRole.objects.filter(role=role).select_related("leaving__member__person")
    return found.order_by("given_at", "pk")[:MOST_LAID_DOWN]


def find_holder(role: Role, number: int) -> Member:
    """Find who has a role by the number of the member, or a leaver who would come back with it. Raises ``NotFound``."""
    has_it = Exists(RoleHolder.objects.filter(role=role, member=OuterRef("pk")))
    had_it = Exists(LaidDownRole.objects.filter(role=role, leaving__member=OuterRef("pk")))
    found = Member.objects.select_related("person").filter(has_it | had_it, pk=number).first()
    if found is None:
        raise NotFound
    return found


def find_member(said: str, circle: Circle) -> Member:
    """Find a member of a circle by name as members see it, or by address, as somebody typed it.

    Raises ``NobodyOfThatName`` and ``SeveralOfThatName``.
    """
    said, there = said.replace("\x00", "").strip()[:300], members_of(circle)
    if "@" in said:
        person = find_by_address(said)
        found = list(there.filter(person=person)) if person else []
    else:
        found = list(there.filter(person__name__iexact=said)[:2])
    if not found:
        raise NobodyOfThatName
    if len(found) > 1:
        raise SeveralOfThatName
    return found[0]


@dataclass(frozen=True, slots=True)
class RightsHere:
    """What somebody may in one circle: each right in plain words, with the roles that it comes from."""

    circle: str
    is_whole: bool
    rights: list[tuple[Text, list[str]]]


def by_circle(rows: Iterable[RightRow]) -> list[RightsHere]:
    """Sort the rights of somebody by circle, the whole community first, and say from which roles each comes."""
    places: dict[tuple[bool, str, int], dict[str, list[str]]] = {}
    for row in rows:
        place = (not row.role__circle__is_whole, row.role__circle__name, row.role__circle_id)
        places.setdefault(place, {}).setdefault(row.right, []).append(row.role__name)
    return [
        RightsHere(name, not is_part, [(words_for([right])[0], roles) for right, roles in rights.items()])
        for (is_part, name, _id), rights in sorted(places.items(), key=lambda place: place[0])
    ]
