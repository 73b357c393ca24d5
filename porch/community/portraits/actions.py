"""The verbs of portraits. They note no facts: nothing is measured by them, and no open page waits for them."""

from datetime import datetime
from typing import BinaryIO

from django.db import transaction

from porch.community.membership.models import Member
from porch.community.portraits.models import Portrait
from porch.community.portraits.rules import PORTRAIT
from porch.engine.files.actions import hold, release
from porch.engine.files.intake import TakenIn, taken_in
from porch.kit.refusals import NotAllowed
from porch.people.identity.models import Person


def set_portrait(*, stream: BinaryIO, name: str, by: Person, at: datetime) -> Portrait:
    """Set a member's own portrait, in place of the one before. Slow: the picture is drawn anew first."""
    with taken_in(stream, name=name, kind=PORTRAIT) as taken:
        return put_portrait(taken, by=by, at=at)


@transaction.atomic
def put_portrait(taken: TakenIn, *, by: Person, at: datetime) -> Portrait:
    """Make a picture that was taken in the portrait, and let go of the one before."""
    member = Member.objects.present().select_for_update(of=("self",), no_key=True).filter(person=by).first()
    if member is None:
        raise NotAllowed
    before = list(Portrait.objects.filter(member=member).values_list("holding", flat=True))
    release(holdings=before, at=at)
    holding = hold(taken, by_id=by.pk, about_id=by.pk, at=at)
    return Portrait.objects.create(member=member, holding=holding)


@transaction.atomic
def remove_portrait(*, by: Person, at: datetime) -> bool:
    """Remove a member's own portrait; say whether there was one."""
    before = list(Portrait.objects.filter(member__person=by).values_list("holding", flat=True))
    return release(holdings=before, at=at) > 0
