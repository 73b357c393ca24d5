"""Whom an ask may be to: everyone in the space, those in a circle or with a role, or members by name."""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from porch.community.circles.models import CircleMember
from porch.community.membership.models import Member
from porch.community.roles.models import RoleHolder
from porch.conversation.spaces.members import members_reaching
from porch.conversation.spaces.near_names import near_names
from porch.kit.refusals import BadInput
from porch.kit.text import NOT_TEXT

MOST_ASKED = 1000


class NobodyToAsk(BadInput):
    text = _("This would ask nobody.")
    hint = _("Choose members who read this space, beside yourself.")


class TooManyToAsk(BadInput):
    text = _("This would ask %(count)s members; at most %(most)s can be asked at once.")
    hint = _("Ask a circle or a role, or ask twice.")


class NoSuchMember(BadInput):
    text = _("There is no one member of this name who reads this space: %(name)s")
    hint = _("Write each name on a line of its own, as it stands on their posts.%(near)s")


@dataclass(frozen=True, slots=True)
class Whom:
    """A set of members, always within those who reach the space."""

    circle_id: int | None = None
    role_id: int | None = None
    names: Collection[str] = field(default_factory=tuple)


def members_asked(whom: Whom, *, space_id: int, but: int) -> list[int]:
    """Give the numbers of the members to ask, in order. Raises ``NobodyToAsk``, ``TooManyToAsk``, ``NoSuchMember``."""
    reaching = members_reaching(space_id).exclude(pk=but)
    found = by_name(whom.names, reaching) if whom.names else list(chosen(whom, reaching)[: MOST_ASKED + 1])
    if not found:
        raise NobodyToAsk
    if len(found) > MOST_ASKED:
        raise TooManyToAsk(count=chosen(whom, reaching).count(), most=MOST_ASKED)
    return found


def chosen(whom: Whom, reaching: QuerySet[Member]) -> QuerySet[Member, int]:
    """Select those of a circle, of a role, or all."""
    if whom.circle_id is not None:
        theirs = CircleMember.objects.filter(circle_id=whom.circle_id)
        reaching = reaching.filter(pk__in=theirs.values("member"))
    if whom.role_id is not None:
        reaching = reaching.filter(pk__in=RoleHolder.objects.filter(role_id=whom.role_id).values("member"))
    return reaching.order_by("pk").values_list("pk", flat=True)


def by_name(names: Collection[str], reaching: QuerySet[Member]) -> list[int]:
    """Find members by their names, each of which only one may have."""
    if len(names) > MOST_ASKED:
        raise TooManyToAsk(count=len(names), most=MOST_ASKED)
    there: dict[str, list[int]] = {}
    # Nobody is called what no database holds.
    sought = [each for each in names if not NOT_TEXT.search(each)]
    for pk, name in reaching.filter(person__name__in=sought).values_list("pk", "person__name"):
        there.setdefault(name, []).append(pk)
    for name in names:
        if len(there.get(name, ())) != 1:
            raise NoSuchMember(name=name[:80], near=near_names(name, reaching))
    return sorted({there[name][0] for name in names})
