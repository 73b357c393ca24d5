"""What is done with a leaver when the seven days are over."""

from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from porch.community.leaving.facts import MemberArchived
from porch.community.leaving.forgetting import forget_membership
from porch.community.leaving.models import AskAgain, Leaving
from porch.community.leaving.stopping import has_subscriptions
from porch.community.membership.locking import locked_member
from porch.engine.facts.noting import note
from porch.engine.promises.actions import PromiseIsSettled, keep_promise
from porch.kit.apart import each_apart
from porch.kit.locks import take_turns
from porch.people.erasure.actions import erase_person
from porch.people.identity.models import Operator, Person

MOST = 100
# Who may be asked again is asked within this time, or not at all.
ASKED_WITHIN = timedelta(days=60)


def archive_leavers(*, at: datetime, hold: bool = False) -> int:
    """Archive those whose seven days are over; give how many. Run twice, it does no more.

    ``hold`` says that the clock is in doubt: then nobody is archived, for nothing brings them back.
    """
    if hold:
        return 0
    due = Leaving.objects.filter(archive_at__lte=at).order_by("archive_at").values_list("pk", flat=True)
    return sum(each_apart(list(due[:MOST]), partial(archive, at=at)))


@transaction.atomic
def archive(leaving_id: int, *, at: datetime) -> bool:
    """Archive one leaver, unless they came back; say whether it was done.

    Who wished for it, and has no other reason for an account, is erased whole.
    """
    person_id = Leaving.objects.filter(pk=leaving_id).values_list("member__person_id", flat=True).first()
    # The locks of an erasure, in its order.
    take_turns("owner")
    person = Person.objects.filter(pk=person_id).first() if person_id is not None else None
    member = locked_member(person) if person is not None else None
    leaving = Leaving.objects.filter(pk=leaving_id, archive_at__lte=at).first()
    if person is None or member is None or leaving is None:
        return False
    forget_membership(person=person, at=at)
    keep(leaving.promise_id, at=at)
    note(MemberArchived(member_id=member.pk, at=at))
    if leaving.wants_erasure and not needs_account(person):
        erase_person(person=person, by=None, at=at, reason=_("They asked for it when they left."))
    return True


@transaction.atomic
def forget_whom_to_ask(*, at: datetime) -> int:
    """Forget who may be asked once more where the time for it has passed; give how many."""
    gone, _of_each = AskAgain.objects.filter(not_before__lte=at - ASKED_WITHIN).delete()
    return gone


def needs_account(person: Person) -> bool:
    """Say whether something but the community needs somebody's account: they run this server, or are subscribed."""
    return Operator.objects.filter(person=person).exists() or has_subscriptions(person)


def keep(promise_id: int, *, at: datetime) -> None:
    """Mark the promise as kept, unless an operator settled it by hand."""
    # Where an operator has settled it by hand, or its time has passed, it stays as it is.
    with suppress(PromiseIsSettled):
        keep_promise(promise_id=promise_id, at=at)
