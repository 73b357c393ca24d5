"""What becomes of the membership of somebody who was removed without an end."""

from datetime import datetime
from functools import partial

from django.db import transaction

from porch.community.leaving.actions import ARCHIVED_WITHIN, UNDO_FOR
from porch.community.leaving.facts import MemberArchived
from porch.community.leaving.forgetting import forget_membership
from porch.community.leaving.models import Leaving
from porch.community.membership.locking import locked_member
from porch.community.membership.models import Member
from porch.community.removal.models import Removal, RemovalQuerySet
from porch.engine.facts.noting import note
from porch.kit.apart import each_apart
from porch.people.identity.models import Person

MOST = 100


def archive_removed(*, at: datetime, hold: bool = False) -> int:
    """Archive those who were removed without an end, when a leaver would be; give how many. The removal stays.

    ``hold`` says that the clock is in doubt: then nobody is archived, for nothing brings them back.
    """
    if hold:
        return 0
    gone = Member.objects.filter(left_at__isnull=False, person__in=for_good(at).values("person"))
    # Whoever had left before is archived with the leavers, as it was promised to them.
    theirs = gone.exclude(pk__in=Leaving.objects.values("member")).order_by("left_at").values("person")
    people = list(Person.objects.filter(pk__in=theirs[:MOST]))
    return sum(each_apart(people, partial(archive, at=at)))


@transaction.atomic
def archive(person: Person, *, at: datetime) -> bool:
    """Archive the membership of one who was removed, unless they came back; say whether it was done."""
    member = locked_member(person)
    if member is None or member.left_at is None or not for_good(at).filter(person=person).exists():
        return False
    forget_membership(person=person, at=at)
    note(MemberArchived(member_id=member.pk, at=at))
    return True


def for_good(at: datetime) -> RemovalQuerySet:
    """Give the removals without an end that stand for as long as somebody who leaves can undo it."""
    return Removal.objects.standing(at).filter(expires_at__isnull=True, at__lte=at - UNDO_FOR)


def archived_by(removal: Removal) -> datetime | None:
    """Say by when the membership is archived; None where a removal has an end, or was lifted."""
    stays = removal.expires_at is not None or removal.lifted_at is not None
    return None if stays else removal.at + ARCHIVED_WITHIN
