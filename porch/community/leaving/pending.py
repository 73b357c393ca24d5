"""What waits after somebody left, and how it is called off."""

from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from porch.community.leaving.models import AskAgain, Leaving
from porch.community.membership.models import Member
from porch.engine.promises.actions import PromiseIsSettled, withdraw_promise


@transaction.atomic
def forget_leaving(*, member: Member, at: datetime) -> bool:
    """Call off the archiving of somebody who is a member again; say whether any was to come."""
    leaving = Leaving.objects.select_for_update(of=("self",)).filter(member=member).first()
    if leaving is None:
        return False
    call_off(leaving, at=at)
    return True


def call_off(leaving: Leaving, *, at: datetime) -> None:
    """Withdraw the promise, and forget that they left."""
    # Where an operator has settled it by hand, or its time has passed, it stays as it is.
    with suppress(PromiseIsSettled):
        withdraw_promise(promise_id=leaving.promise_id, reason=_("They came back."), at=at)
    AskAgain.objects.filter(person_id=leaving.member.person_id).delete()
    leaving.delete()
