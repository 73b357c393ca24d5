"""What a worker does for invites: write their letters, some at a time, and forget addresses that never answered."""

from datetime import datetime, timedelta

from django.db import transaction
from django_tasks import task

from porch.community.invites.letters import write_to
from porch.community.invites.models import Invite
from porch.community.invites.rules import by_those_who_may
from porch.engine.clock.reads import clock_is_doubtful
from porch.kit.ids import digest, new_token
from porch.kit.time import now

# Written in one transaction: few enough that nobody else waits long to write.
AT_ONCE = 40
FORGOTTEN_AFTER = timedelta(days=30)


@task()
def write_letters() -> int:
    """Write the letters that wait, and ring again as long as there are more."""
    return write_some(at=now())


@transaction.atomic
def write_some(*, at: datetime) -> int:
    """Write some of the letters that wait, of makers who are here and may still invite; give how many."""
    waiting = (
        by_those_who_may(Invite.objects.open(at).whose_letter_waits())
        .select_related("circle", "made_by__person")
        .select_for_update(of=("self",), skip_locked=True)
        .order_by("pk")[:AT_ONCE]
    )
    invites = list(waiting)
    for invite in invites:
        token = new_token()
        invite.digest, invite.sent_at = digest(token), at
        invite.save(update_fields=["digest", "sent_at"])
        write_to(invite, token=token, at=at)
    if len(invites) == AT_ONCE:
        write_letters.enqueue()
    return len(invites)


@task()
def forget_invites() -> int:
    """Forget the addresses of invites that were over a month ago; not while it is doubtful what is old."""
    return 0 if clock_is_doubtful() else forget_addresses(at=now())


@transaction.atomic
def forget_addresses(*, at: datetime) -> int:
    """Delete invites to addresses that are over for thirty days; a used one loses the address alone."""
    old = at - FORGOTTEN_AFTER
    letters = Invite.objects.exclude(address="")
    gone, _each = letters.filter(used=0, expires_at__lte=old).delete()
    revoked, _each = letters.filter(used=0, revoked_at__lte=old).delete()
    return gone + revoked + letters.filter(used__gt=0, expires_at__lte=old).update(address="")
