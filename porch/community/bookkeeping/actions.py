"""The verbs of files: look one through, apply it, all of it or nothing."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from porch.community.bookkeeping.acts import APPLIED, SENT
from porch.community.bookkeeping.models import Kind, Sheet
from porch.community.bookkeeping.verdicts import COLUMNS, Line, Verdict, hash_of, look_through
from porch.community.membership.models import Member
from porch.community.payments.actions import enter
from porch.community.roles.rules import require
from porch.community.tiers.holding import give, held_by
from porch.community.tiers.models import Tier
from porch.community.tiers.opening import take_turn
from porch.community.tiers.rights import MANAGE_TIERS
from porch.engine.audit.recording import record
from porch.kit.refusals import BadInput, Conflict, NotFound
from porch.kit.spreadsheet import read_sheet
from porch.people.identity.models import Person

MOST_BYTES = 10_000_000
# All lines are applied in one go, at 4 ms each: others who write wait that long on SQLite, and give up after 10 s.
MOST_LINES = 1_000
MOST_CELL = 300
NAMES = {"e-mail": "address", "email": "address", "renews on": "renews_on", "received on": "received_on"}


class SheetIsTooLarge(BadInput):
    status = 413
    text = _("This file is too large: at most %(most)s MB are taken.")
    hint = _("Send it in parts.")


class SheetHasTooManyLines(BadInput):
    text = _("This file has more than %(most)s lines.")
    hint = _("Send it in parts: lines that are there already are passed over.")


class SheetIsEmpty(BadInput):
    text = _("There are no lines in this file.")
    hint = _("The first line names the columns, and each further one says something of one member.")


class SheetHasFaults(Conflict):
    text = _("Some lines cannot be done, so nothing was done.")
    hint = _("Put them right in the file, and send it anew.")


class SheetHasChanged(Conflict):
    text = _("Something has changed since this was shown, so nothing was done.")
    hint = _("Look at it as it is now, and apply it then.")


@transaction.atomic
def take_sheet(*, kind: str, data: bytes, renews: bool = False, by: Person, at: datetime) -> Sheet:
    """Take in a file to be looked through. Nothing is done yet. ``renews``: each payment may renew a tier."""
    require(by.pk, MANAGE_TIERS)
    if kind not in Kind.values:
        raise BadInput
    if len(data) > MOST_BYTES:
        raise SheetIsTooLarge(most=MOST_BYTES // 1_000_000)
    lines: list[list[int | str]] = []
    for number, cells in read_sheet(data, COLUMNS[Kind(kind)], NAMES):
        if len(lines) == MOST_LINES:
            raise SheetHasTooManyLines(most=MOST_LINES)
        lines.append([number, *(cell[:MOST_CELL] for cell in cells)])
    if not lines:
        raise SheetIsEmpty
    member = Member.objects.present().get(person=by)
    renews = renews and kind == Kind.PAYMENTS
    sheet = Sheet.objects.create(kind=kind, by=member, sent_at=at, renews=renews, lines=lines)
    record(SENT, by_id=by.pk, at=at, sheet_id=sheet.pk)
    return sheet


@transaction.atomic
def apply_sheet(*, sheet_id: int, seen: str, by: Person, at: datetime) -> Sheet:
    """Do all that was shown of a file, or nothing; what was applied already is not done again.

    ``seen`` is the hash of what was shown. Raises ``NotFound``, ``SheetHasChanged`` and ``SheetHasFaults``.
    """
    require(by.pk, MANAGE_TIERS)
    take_turn(list(Tier.objects.values_list("pk", flat=True)))
    sheet = find_sheet(sheet_id, by)
    if sheet.applied_at is not None:
        return sheet
    lines = look_through(sheet, at=at)
    if not lines or hash_of(lines) != seen:
        raise SheetHasChanged
    if any(each.verdict is Verdict.WRONG for each in lines):
        raise SheetHasFaults
    todo = [each for each in lines if each.verdict is Verdict.DO]
    for line in todo:
        do(line, renews=line.renews_on is not None, by=by, at=at)
    # What was in it stands in its own rows now.
    sheet.applied_at, sheet.done, sheet.lines = at, len(todo), []
    sheet.save(update_fields=["applied_at", "done", "lines"])
    record(APPLIED, by_id=by.pk, at=at, sheet_id=sheet.pk, lines=len(todo))
    return sheet


def do(line: Line, *, renews: bool, by: Person, at: datetime) -> None:
    """Do what one line says."""
    if line.member is None:
        raise SheetHasFaults
    if line.received is not None:
        held = held_by(line.member) if renews else None
        enter(member=line.member, received=line.received, by=by, at=at, renews=held)
    elif line.tier is not None:
        give(member=line.member, tier=line.tier, renews_on=line.renews_on, by=by, at=at)


def find_sheet(sheet_id: int, by: Person) -> Sheet:
    """Find a file that this steward sent. Raises ``NotFound``."""
    sheet = Sheet.objects.filter(pk=sheet_id, by__person=by).first()
    if sheet is None:
        raise NotFound
    return sheet
