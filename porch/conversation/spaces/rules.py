"""Who reaches a space: the one question between an address and what is said (B15, C4).

Each answer is a condition on rows, so that a list, a search and a single row are asked in the same words, and one
query brings both the row and the leave to see it.
"""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from porch.community.circles.models import CircleMember
from porch.community.membership.models import Member, here
from porch.community.roles.models import RoleHolder
from porch.community.roles.reads import EVERY, rights_held_by
from porch.community.roles.rights import Right
from porch.conversation.spaces.participants import Participant
from porch.conversation.spaces.rights import MANAGE_SPACES, TEND_TOPICS


def reached_by(person: Any, space: str = "") -> Q:
    """Say that somebody reaches a space, itself reached by a path such as ``topic__space__``.

    ``person`` is a number, or the place of one in a prepared query. Whoever is no member here, or is away, reaches
    none. A member reaches what is open to all, what is for a circle they are in or a role they have, what they look
    after, and the direct conversations in which they take part.
    """
    in_circle = CircleMember.objects.filter(
        here("member__"), circle=OuterRef(f"{space}circle"), member__person_id=person
    )
    in_role = RoleHolder.objects.filter(
        here("member__"), role=OuterRef(f"{space}role"), member__person_id=person
    )
    open_to_all = Q(
        **{f"{space}circle__isnull": True, f"{space}role__isnull": True, f"{space}is_direct": False}
    )
    is_member = Exists(Member.objects.present().filter(person_id=person))
    return Q(is_member) & (
        open_to_all
        | Q(Exists(in_circle))
        | Q(Exists(in_role))
        | (Q(**{f"{space}is_direct": True}) & takes_part(person, space))
        | looked_after_by(person, space)
    )


def takes_part(person: Any, space: str = "") -> Q:
    """Say that somebody takes part in a direct conversation, and has not left it or the community."""
    taking_part = Participant.objects.filter(
        here("member__"), space=OuterRef(f"{space}pk"), member__person_id=person, left_at__isnull=True
    )
    return Q(Exists(taking_part))


def looked_after_by(person: Any, space: str = "", right: Right = TEND_TOPICS) -> Q:
    """Say that somebody has a right in a space: from a role of the whole community, or of the circle it is for.

    Nobody looks after a direct conversation, with whatever right: it is outside every steward's view.
    """
    held = rights_held_by(person).filter(right__in=(right.name, EVERY))
    has_it = Exists(
        held.filter(
            Q(role__circle__is_whole=True)
            | Q(role__circle=OuterRef(f"{space}circle"))
            | Q(role__circle=OuterRef(f"{space}role__circle"))
        )
    )
    return Q(**{f"{space}is_direct": False}) & Q(has_it)


def known_to(person: Any) -> Q:
    """Say that somebody may know of a space: they reach it or manage it, or it is not hidden."""
    is_member = Exists(Member.objects.present().filter(person_id=person))
    # What is for a hidden circle would tell its name.
    is_seen = ~(Q(is_hidden=True) | Q(circle__is_hidden=True) | Q(role__circle__is_hidden=True))
    return reached_by(person) | (Q(is_member) & (is_seen | Q(looked_after_by(person, right=MANAGE_SPACES))))
