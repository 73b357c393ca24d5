"""Who wants nothing from whom: conditions on rows, for lists, verbs and notices."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from porch.community.membership.models import Member, here
from porch.community.roles.models import RoleHolder
from porch.community.roles.reads import EVERY
from porch.conversation.blocks.models import Block
from porch.conversation.spaces.rights import TEND_TOPICS


def blocked_by(person: Any, whom: Any) -> Exists:
    """Say that somebody blocked somebody else; both are numbers of people, or ``OuterRef`` to one.

    A block rests as long as whoever it is of looks after the whole community: stewards cannot be shut out.
    """
    theirs = Block.objects.filter(person_id=person, blocked=whom)
    return Exists(theirs.exclude(looks_after_all(OuterRef("blocked"))))


def looks_after_all(person: Any) -> Exists:
    """Say that somebody has a role that looks after what is said in the whole community."""
    return Exists(
        RoleHolder.objects.filter(
            here("member__"),
            member__person_id=person,
            role__circle__is_whole=True,
            role__rights__right__in=(TEND_TOPICS.name, EVERY),
        )
    )


def members_blocked_by(person: Any) -> QuerySet[Member]:
    """Select the members whose posts are folded for somebody."""
    theirs = Block.objects.filter(person_id=person).exclude(looks_after_all(OuterRef("blocked")))
    return Member.objects.filter(person_id__in=theirs.values("blocked"))


def is_blocked(*, by_id: int, person_id: int) -> bool:
    """Say whether one person blocked another."""
    blocks = Block.objects.filter(person_id=by_id, blocked=person_id)
    return blocks.exclude(looks_after_all(OuterRef("blocked"))).exists()


def may_not_be_blocked(member_id: int) -> bool:
    """Say whether a member looks after the whole community, so that nobody shuts them out."""
    held = RoleHolder.objects.filter(here("member__"), member_id=member_id, role__circle__is_whole=True)
    return held.filter(role__rights__right__in=(TEND_TOPICS.name, EVERY)).exists()
