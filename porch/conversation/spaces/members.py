"""The same question as in ``rules``, asked from the other side: which members reach a space."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from porch.community.circles.models import CircleMember
from porch.community.membership.models import Member
from porch.community.roles.models import Role, RoleHolder
from porch.community.roles.reads import EVERY, MEMBER
from porch.conversation.spaces.models import Space
from porch.conversation.spaces.participants import Participant
from porch.conversation.spaces.rights import TEND_TOPICS


def members_reaching(space: Any) -> QuerySet[Member]:
    """Select the members who reach a space and are here. ``space`` is a number, or the place of one."""
    # Nobody looks after what is direct, and it is open to nobody but those who take part.
    theirs = Space.objects.filter(pk=space, is_direct=False)
    taking_part = Participant.objects.filter(member=OuterRef("pk"), space=space, left_at__isnull=True)
    circles = CircleMember.objects.filter(member=OuterRef("pk"))
    in_circle = Exists(circles.filter(circle__in=theirs.values("circle")))
    in_role = Exists(RoleHolder.objects.filter(member=OuterRef("pk"), role__in=theirs.values("role")))
    open_to_all = Exists(theirs.filter(circle__isnull=True, role__isnull=True))
    found = Q(open_to_all) | Q(Exists(taking_part)) | Q(in_circle) | Q(in_role) | look_after(theirs, circles)
    return Member.objects.present().filter(found)


def look_after(theirs: QuerySet[Space], circles: QuerySet[CircleMember]) -> Q:
    """Say that a member looks after what is said there: by a role of their own, or by one that everyone has."""
    roles = Role.objects.filter(
        Q(circle__is_whole=True)
        | Q(circle__in=theirs.values("circle"))
        | Q(circle__in=theirs.values("role__circle")),
        rights__right__in=(TEND_TOPICS.name, EVERY),
    )
    is_inside = Exists(
        CircleMember.objects.filter(circle=OuterRef("role__circle"), member=OuterRef("member"))
    )
    by_name = RoleHolder.objects.filter(
        Q(role__circle__is_whole=True) | Q(is_inside), member=OuterRef("pk"), role__in=roles.values("pk")
    )
    of_everyone = roles.filter(key=MEMBER)
    return (
        Q(Exists(by_name))
        | Q(Exists(of_everyone.filter(circle__is_whole=True)))
        | Q(Exists(circles.filter(circle__in=of_everyone.values("circle"))))
    )
