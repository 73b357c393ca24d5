"""Blocking and lifting blocks. It notes no fact and stands in no list of acts: it is nobody's but the blocker's."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from porch.community.membership.models import Member
from porch.conversation.blocks.models import Block, WhoMay, WhoMayWrite
from porch.conversation.blocks.rules import may_not_be_blocked
from porch.kit.refusals import BadInput, Conflict, NotFound
from porch.people.identity.models import Person

MOST_BLOCKS = 1000


class NotYourself(BadInput):
    text = _("You cannot block yourself.")
    hint = _("Choose somebody else.")


class StewardsStay(Conflict):
    text = _("Who looks after the whole community cannot be blocked.")
    hint = _(
        "They may have to tell you something. If one of them troubles you, write to another, or to the owner."
    )


class TooManyBlocks(Conflict):
    text = _("You have blocked %(most)s people, which is the most.")
    hint = _("Lift a block that you no longer need, or report those who trouble you to the stewards.")


class NoSuchChoice(BadInput):
    text = _("There is no such choice.")
    hint = _("Choose one of those that are listed.")


@transaction.atomic
def block(*, member_id: int, by: Person, at: datetime) -> Block:
    """Block a member. Done twice, it is done once.

    Raises ``NotFound``, ``NotYourself``, ``StewardsStay`` and ``TooManyBlocks``.
    """
    person_id = Member.objects.belonging().filter(pk=member_id).values_list("person_id", flat=True).first()
    if person_id is None:
        raise NotFound
    if person_id == by.pk:
        raise NotYourself
    there = Block.objects.filter(person=by, blocked=person_id).first()
    if there is not None:
        return there
    if may_not_be_blocked(member_id):
        raise StewardsStay
    if Block.objects.filter(person=by).count() >= MOST_BLOCKS:
        raise TooManyBlocks(most=MOST_BLOCKS)
    return Block.objects.get_or_create(person=by, blocked=person_id, defaults={"at": at})[0]


@transaction.atomic
def lift_block(*, block_id: int, by: Person) -> None:
    """Lift a block of one's own. Done twice, it is done once."""
    Block.objects.filter(pk=block_id, person=by).delete()


@transaction.atomic
def choose_who_may_write(*, who: str, by: Person) -> None:
    """Choose who may begin a direct conversation with oneself. Raises ``NotFound`` and ``NoSuchChoice``."""
    if who not in WhoMay.values:
        raise NoSuchChoice
    member = Member.objects.present().filter(person=by).first()
    if member is None:
        raise NotFound
    WhoMayWrite.objects.update_or_create(member=member, defaults={"who": who})
