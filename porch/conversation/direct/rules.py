"""Who may write to whom in a direct conversation."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from porch.community.circles.models import CircleMember
from porch.community.membership.models import Member
from porch.conversation.blocks.models import WhoMay
from porch.conversation.blocks.reads import who_may_write_to
from porch.conversation.blocks.rules import is_blocked, may_not_be_blocked
from porch.conversation.direct.models import Conversation
from porch.conversation.posts.writing import Wish
from porch.conversation.spaces.participants import Participant
from porch.kit.refusals import NotAllowed
from porch.people.identity.models import Person


class CannotWriteTo(NotAllowed):
    # The same words for a block, a choice and a leaver: it tells of none of them.
    text = _("You cannot write to %(name)s here.")
    hint = _("Members choose who writes to them, and some have left. Write where you both talk.")


class YouBlockedThem(NotAllowed):
    text = _("You blocked %(name)s, so neither of you writes to the other.")
    hint = _("Lift the block under Your account, Blocks, if you want to talk again.")


def refuse_unwanted(by: Person, others: Collection[Member]) -> None:
    """Refuse to begin with somebody who does not want it. Raises ``CannotWriteTo`` and ``YouBlockedThem``.

    Who looks after the whole community can always write: they may have to tell a member something.
    """
    is_steward = may_not_be_blocked(Member.objects.get(person=by).pk)
    for other in others:
        refuse_blocked(by, other.person)
        if not is_steward and not wants(other, by):
            raise CannotWriteTo(name=other.person.name)


def refuse_blocked(by: Person, other: Person) -> None:
    """Refuse where one of two has blocked the other."""
    if is_blocked(by_id=by.pk, person_id=other.pk):
        raise YouBlockedThem(name=other.name)
    if is_blocked(by_id=other.pk, person_id=by.pk):
        raise CannotWriteTo(name=other.name)


def wants(member: Member, by: Person) -> bool:
    """Say whether a member lets somebody begin a conversation with them."""
    who = who_may_write_to(member.person_id)
    if who == WhoMay.CIRCLES:
        theirs = CircleMember.objects.filter(member=member).values("circle")
        return CircleMember.objects.filter(member__person=by, circle__in=theirs).exists()
    return who == WhoMay.EVERYONE


def ask_whether_wanted(wish: Wish) -> None:
    """Refuse to go on where of two one has blocked the other, or where nobody else is left."""
    if not wish.space.is_direct or wish.topic is None:
        return
    others = Participant.objects.filter(space=wish.space).exclude(member_id=wish.member_id)
    left = list(
        Member.objects.belonging().filter(
            pk__in=others.filter(left_at__isnull=True).values("member"), person__is_active=True
        )
    )
    if not left:
        raise NobodyLeft
    if Conversation.objects.filter(space=wish.space, pair__isnull=False).exists():
        refuse_blocked(wish.by, left[0].person)


class NobodyLeft(NotAllowed):
    text = _("Everybody else has left this conversation.")
    hint = _("What was said stays here for you. Begin a new one if you want to talk on.")
