from datetime import datetime

from django.db import transaction

from porch.community.membership.facts import MemberJoined
from porch.community.membership.models import Member
from porch.engine.facts.noting import note
from porch.people.identity.models import Person


@transaction.atomic
def admit(*, person: Person, at: datetime) -> Member:
    """Make a person a member; whoever is one already stays one, and whoever had left is one again.

    Whether they may come in was asked before. Who had left on a pause comes in without it.
    """
    member, is_new = Member.objects.get_or_create(person=person, defaults={"joined_at": at})
    if member.left_at is not None:
        member.left_at, member.joined_at = None, at
        # Being away ended with the membership: a suspension that still runs lets nobody come as far as this.
        member.paused_at = member.suspended_until = None
        member.save(update_fields=["left_at", "joined_at", "paused_at", "suspended_until"])
        is_new = True
    if is_new:
        note(MemberJoined(member_id=member.pk, person_id=person.pk, at=at))
    return member
