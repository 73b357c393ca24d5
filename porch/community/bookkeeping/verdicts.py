"""What each line of a file would do: shown before anything is done, and asked again when it is."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.utils.translation import gettext as _

from porch.community.bookkeeping.known import Known, read_known
from porch.community.bookkeeping.models import Kind, Sheet
from porch.community.membership.models import Member
from porch.community.payments.actions import MOST_REFERENCE, AmountIsNothing, NotYetReceived, Received
from porch.community.tiers.days import one_period_after, read_day
from porch.community.tiers.holding import OnceNeverRenews, next_renewal, place_renewal
from porch.community.tiers.models import MemberTier, Period, Tier
from porch.kit.days import day_of
from porch.kit.money import clean_currency, in_words, parse_amount
from porch.kit.refusals import Refusal
from porch.kit.text import clean_line

COLUMNS = {
    Kind.TIERS: ("address", "tier", "renews_on"),
    Kind.PAYMENTS: ("address", "amount", "currency", "received_on", "reference"),
}
Raw = Sequence[tuple[int, list[str]]]


class Verdict(StrEnum):
    """What becomes of a line: it is done, it is so already, or it cannot be done."""

    DO = "do"
    SAME = "same"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file with its verdict in words, and what it would do."""

    number: int
    cells: list[str]
    verdict: Verdict
    words: str
    member: Member | None = None
    tier: Tier | None = None
    renews_on: date | None = None
    received: Received | None = None


class Wrong(Exception):
    """A line cannot be done; its text says why."""


def look_through(sheet: Sheet, *, at: datetime) -> list[Line]:
    """Give the verdict on each line of a file, as things are now."""
    lines: Raw = [(number, cells) for number, *cells in sheet.lines]
    day = day_of(at)
    if sheet.kind == Kind.TIERS:
        known = read_known(cells[0] for _number, cells in lines)
        return judged(lines, TierLines(known, day).judge)
    known = read_known((cells[0] for _number, cells in lines), [cells[4] for _number, cells in lines])
    return judged(lines, PaymentLines(known, day, renews=sheet.renews).judge)


def judged(lines: Raw, judge: Callable[[int, list[str]], Line]) -> list[Line]:
    """Put each line to a judge; what it refuses is wrong, with the reason."""
    found = []
    for number, cells in lines:
        try:
            found.append(judge(number, cells))
        except Wrong as wrong:
            found.append(Line(number, cells, Verdict.WRONG, str(wrong)))
        except Refusal as refusal:
            found.append(Line(number, cells, Verdict.WRONG, str(refusal)))
    return found


def hash_of(lines: Sequence[Line]) -> str:
    """Give a short hash of what lines would do, by which it is seen whether that has changed."""
    said = [
        (each.number, each.verdict, each.member.pk if each.member else 0, str(each.renews_on), each.words)
        for each in lines
    ]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:32]


def member_at(known: Known, address: str) -> Member:
    """Find the member with an address."""
    member = known.member(address)
    if member is None:
        raise Wrong(_("No member has this address."))
    return member


class TierLines:
    """Judges lines of tiers and renewal dates; each member may stand in one of them."""

    def __init__(self, known: Known, day: date) -> None:
        self.known, self.day = known, day
        self.seen: dict[int, int] = {}

    def judge(self, number: int, cells: list[str]) -> Line:
        address, name, renews = cells
        member = member_at(self.known, address)
        if (before := self.seen.setdefault(member.pk, number)) != number:
            raise Wrong(_("This member stands in line %(line)s already.") % {"line": before})
        held = self.known.held.get(member.pk)
        tier = self.known.tier(name, held)
        if tier is None:
            raise Wrong(_("There is no tier of this name."))
        renews_on = self.renewal(tier, renews)
        if held and (held.tier_id, held.renews_on, held.is_ending) == (tier.pk, renews_on, False):
            words, verdict = _("It is so already."), Verdict.SAME
        else:
            words, verdict = self.words(member, tier, renews_on, held), Verdict.DO
        return Line(number, cells, verdict, words, member, tier, renews_on)

    def renewal(self, tier: Tier, text: str) -> date | None:
        if tier.period == Period.ONCE:
            if text.strip():
                raise OnceNeverRenews
            return None
        if not text.strip():
            return one_period_after(self.day, tier.period, self.day.day)
        return read_day(text, around=self.day)

    def words(self, member: Member, tier: Tier, renews_on: date | None, held: MemberTier | None) -> str:
        told = {"name": member.person.name, "tier": tier.name, "day": renews_on, "before": ""}
        if renews_on is None:
            said = _("%(name)s gets %(tier)s for good.") % told
        else:
            said = _("%(name)s gets %(tier)s, which renews on %(day)s.") % told
        if held and held.tier_id != tier.pk:
            said += " " + _("It takes the place of %(tier)s.") % {"tier": held.tier.name}
        return said


class PaymentLines:
    """Judges lines of payments; a reference may stand in one of them, and each may renew a tier."""

    def __init__(self, known: Known, day: date, *, renews: bool) -> None:
        self.known, self.day, self.renews = known, day, renews
        self.seen: dict[str, int] = {}

    def judge(self, number: int, cells: list[str]) -> Line:
        member = member_at(self.known, cells[0])
        received = self.received(cells)
        if (before := self.seen.setdefault(received.reference, number)) != number:
            raise Wrong(_("This reference stands in line %(line)s already.") % {"line": before})
        known = self.known.payments.get(received.reference)
        if known is not None:
            if (known.member_id, known.amount, known.currency) != (
                member.pk,
                received.amount,
                received.currency,
            ):
                raise Wrong(_("This reference is recorded already, of another member or another amount."))
            return Line(number, cells, Verdict.SAME, _("It is recorded already."), member)
        told = {"name": member.person.name, "amount": in_words(received.amount, received.currency)}
        words = _("%(amount)s of %(name)s.") % told
        renews_on = self.renewal(member, received)
        if renews_on:
            words += " " + _("Renews until %(day)s.") % {"day": renews_on}
        elif self.renews and received.amount > 0:
            words += " " + _(
                "Renews nothing: it is less than the price, in another currency, or for no tier."
            )
        return Line(number, cells, Verdict.DO, words, member, None, renews_on, received)

    def received(self, cells: list[str]) -> Received:
        _address, amount, currency, received_on, reference = cells
        code = clean_currency(currency)
        units, day = parse_amount(amount, code), read_day(received_on, around=self.day)
        if units == 0:
            raise AmountIsNothing
        if day > self.day:
            raise NotYetReceived
        if not reference.strip():
            raise Wrong(_("It has no reference, by which one sees that it is not recorded twice."))
        clean = clean_line(reference, most=MOST_REFERENCE, name=_("reference"))
        return Received(amount=units, currency=code, received_on=day, reference=clean)

    def renewal(self, member: Member, received: Received) -> date | None:
        """Say to which day a line moves a renewal date, those before it in the file counted in."""
        held = self.known.held.get(member.pk)
        if not self.renews or held is None or not pays_for(received, held.tier):
            return None
        after = next_renewal(held, received.received_on)
        if after:
            place_renewal(held, after[0], month_day=after[1])
        return after[0] if after else None


def pays_for(received: Received, tier: Tier) -> bool:
    """Say whether what was received is worth a period of a tier."""
    return received.amount > 0 and received.currency == tier.currency and received.amount >= tier.price
