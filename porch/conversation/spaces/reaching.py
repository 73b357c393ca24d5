"""Who reaches a space, the other way round: the members for whom what is said in it is."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BigIntegerField,
    Exists,
    Expression,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
)

from porch.community.circles.models import CircleMember
from porch.community.membership.models import Member
from porch.community.roles.models import Role, RoleHolder
from porch.community.roles.reads import EVERY
from porch.conversation.spaces.models import Space
from porch.conversation.spaces.rights import TEND_TOPICS
from porch.conversation.spaces.rules import reached_by
from porch.kit.prepared import Prepared
from porch.people.identity.models import Person


@dataclass(frozen=True, slots=True)
class Reached:
    id: int


# The rule itself, for one space and one person.
REACHED = Prepared(
    lambda space, person: Space.objects.filter(reached_by(person), pk=space),
    Reached,
    space=BigIntegerField(),
    person=BigIntegerField(),
)

# Of so many people it is asked in one statement, and of so many spaces; more of these are not named in it.
BATCH = 500


class EachPerson(Expression):
    """The person of the row outside, however deep the rule asks for them; ``OuterRef`` would count its depth."""

    output_field = BigIntegerField()

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        table, column = Person._meta.db_table, Person._meta.pk.column
        return f"{connection.ops.quote_name(table)}.{connection.ops.quote_name(column)}", ()


class Joined(Func):
    """All numbers of a subquery in one text."""

    template, output_field = "GROUP_CONCAT(%(expressions)s, '.')", TextField()

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        return self.as_sql(compiler, connection, template="STRING_AGG((%(expressions)s)::text, '.')")


def reaches(person_id: int, space_id: int) -> bool:
    """Say whether somebody reaches a space."""
    return REACHED.exists(space=space_id, person=person_id)


def reached_of_all(person_ids: Collection[int], space_ids: Collection[int]) -> dict[int, set[int]]:
    """Give which of these spaces each of these people reaches, in one statement for each batch of people.

    Direct conversations are none, and who reaches nothing may be left out.
    """
    spaces = Space.objects.filter(reached_by(EachPerson()), is_direct=False).order_by()
    if len(space_ids) <= BATCH:
        spaces = spaces.filter(pk__in=space_ids)
    people = Person.objects.order_by().annotate(reached=Subquery(spaces.values_list(Joined("pk"))))
    wanted, found = sorted(person_ids), dict[int, set[int]]()
    for start in range(0, len(wanted), BATCH):
        some = people.filter(pk__in=wanted[start : start + BATCH]).values_list("pk", "reached")
        found.update((person, set(map(int, reached.split(".")))) for person, reached in some if reached)
    return found


def likely_in(space: Space) -> QuerySet[Member]:
    """Select the members who may reach a space, to be asked one by one (``reaches``) before anything is said to them.

    It leaves out none who is in its circle, has its role, or holds a role of those who look after it.
    """
    here = Member.objects.present().filter(person__is_active=True)
    if space.circle_id is None and space.role_id is None:
        return here
    circle = space.circle_id or (space.role.circle_id if space.role else None)
    tending = Role.objects.filter(
        Q(circle__is_whole=True) | Q(circle=circle), rights__right__in=(TEND_TOPICS.name, EVERY)
    )
    within = Exists(RoleHolder.objects.filter(member=OuterRef("pk"), role__in=tending.values("pk")))
    if space.circle_id is not None:
        among = Exists(CircleMember.objects.filter(member=OuterRef("pk"), circle=space.circle_id))
    else:
        among = Exists(RoleHolder.objects.filter(member=OuterRef("pk"), role=space.role_id))
    return here.filter(Q(within) | Q(among))
