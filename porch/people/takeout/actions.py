"""The verbs of take-outs: ask for one, and what becomes of it. They note no facts: nobody counts who takes out."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from porch.engine.files.actions import hold, release
from porch.engine.files.intake import Part, TakenIn
from porch.engine.files.kinds import FULL
from porch.kit.formats.known import ZIP
from porch.kit.refusals import Conflict, NotFound, Refusal
from porch.people.delivery.actions import send
from porch.people.delivery.grounds import Reason, Transactional
from porch.people.delivery.letters import Letter
from porch.people.identity.locking import locked
from porch.people.identity.models import Person
from porch.people.sign_in.limits import TooManyTries, count
from porch.people.takeout.archive import Written
from porch.people.takeout.models import TakeOut
from porch.people.takeout.rules import IN_A_DAY, LASTS, LONGEST_MAKING, TAKE_OUT

AT_ONCE = LASTS * 0


class TakeOutIsUnderWay(Conflict):
    text = _("A copy is being made already.")
    hint = _("Wait until it is ready. A letter tells you, and this page shows it.")


class TooManyTakeOuts(Refusal):
    status = 429
    text = _("You have asked for three copies within a day.")
    hint = _("The newest one is as good. You can ask for another in %(hours)s h.")


@transaction.atomic
def ask_for_take_out(*, person: Person, browser: str, at: datetime) -> TakeOut:
    """Ask for a copy of everything that we hold of oneself: one at a time, three a day."""
    person = locked(person)
    if TakeOut.objects.filter(person=person, ready_at__isnull=True, failed_at__isnull=True).exists():
        raise TakeOutIsUnderWay
    try:
        count(IN_A_DAY, str(person.pk), at=at)
    except TooManyTries as no:
        raise TooManyTakeOuts(hours=-(-int(str(no.values["minutes"])) // 60)) from no
    return TakeOut.objects.create(person=person, browser=browser[:60], asked_at=at, ends_at=at + LASTS)


@transaction.atomic
def begin(*, take_out_id: int, at: datetime) -> TakeOut | None:
    """Begin to make one, or begin anew after a worker died; None where nobody waits for it any more."""
    row = TakeOut.objects.select_for_update().filter(pk=take_out_id).first()
    if row is None or not row.is_under_way:
        return None
    row.begun_at = at
    row.save(update_fields=["begun_at"])
    return row


@transaction.atomic
def finish(*, take_out_id: int, draft: Path, written: Written, at: datetime) -> TakeOut | None:
    """Keep what was made in place of an older one, and write to whose it is; None where they are gone meanwhile."""
    found = TakeOut.objects.filter(pk=take_out_id).first()
    # The person first, as an erasure does: of the two, whoever comes second finds what the first has done.
    person = Person.objects.select_for_update().filter(pk=found.person_id).first() if found else None
    row = TakeOut.objects.select_for_update().filter(pk=take_out_id).first()
    if person is None or row is None or not row.is_under_way:
        return None
    older = TakeOut.objects.filter(person=person, holding__isnull=False)
    release(holdings=list(older.values_list("holding", flat=True)), at=at, grace=AT_ONCE)
    part = Part(FULL, draft, written.sha256, written.bytes, ZIP)
    taken = TakenIn(TAKE_OUT, f"take-out-{at:%Y-%m-%d}.zip", (part,))
    row.holding = hold(taken, by_id=person.pk, about_id=person.pk, at=at)
    row.ready_at, row.ends_at, row.rows, row.bytes = at, at + LASTS, written.rows, written.bytes
    row.save(update_fields=["holding", "ready_at", "ends_at", "rows", "bytes"])
    if person.email:
        told = {"row": row, "page": settings.PORCH_URL + reverse("takeout")}
        letter = Letter("people/takeout/mail/ready", told)
        send(letter, to=person.email, grounds=Transactional(Reason.SECURITY_NOTICE), at=at)
    return row


@transaction.atomic
def give_up(*, take_out_id: int, at: datetime) -> None:
    """Write down that one could not be made."""
    rows = TakeOut.objects.filter(pk=take_out_id, ready_at__isnull=True, failed_at__isnull=True)
    rows.update(failed_at=at)


@transaction.atomic
def remove_take_out(*, person: Person, number: int, at: datetime) -> None:
    """Remove a copy of one's own before its time; what is under way is then not kept."""
    row = TakeOut.objects.select_for_update(of=("self",)).filter(person=person, pk=number).first()
    if row is None:
        raise NotFound
    let_go([row], at)


@transaction.atomic
def tidy_take_outs(*, at: datetime, hold: bool = False) -> int:
    """Remove what has come to its end, and give up what never will; give how many went. ``hold``: remove nothing."""
    stuck = TakeOut.objects.filter(ready_at__isnull=True, failed_at__isnull=True)
    stuck.filter(asked_at__lte=at - LONGEST_MAKING).update(failed_at=at)
    if hold:
        return 0
    # Seven days from now, and not longer: an end that is further off is from before the clock was set back.
    over = list(TakeOut.objects.filter(Q(ends_at__lte=at) | Q(ends_at__gt=at + LASTS + LONGEST_MAKING)))
    let_go(over, at)
    return len(over)


def let_go(rows: list[TakeOut], at: datetime) -> None:
    """Delete take-outs with their files, whose bytes go with the next sweep."""
    release(holdings=[row.holding_id for row in rows if row.holding_id], at=at, grace=AT_ONCE)
    TakeOut.objects.filter(pk__in=[row.pk for row in rows]).delete()
