"""A list of addresses becomes invites, never members: many at once, and for each that does not, why."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from porch.community.circles.models import Circle, CircleMember
from porch.community.invite_lists.parsing import Entry, read_list
from porch.community.invite_lists.rules import DAY, enough_for_today, require_sender, room_today
from porch.community.invites.actions import clean_terms
from porch.community.invites.acts import LISTED
from porch.community.invites.facts import AddressesInvited
from porch.community.invites.jobs import write_letters
from porch.community.invites.models import Invite
from porch.community.joining.actions import lock_circle
from porch.community.membership.models import Member
from porch.community.membership.reads import which_are_members
from porch.engine.audit.recording import record
from porch.engine.facts.noting import note as note_fact
from porch.kit.locks import take_turns
from porch.kit.refusals import BadInput, Text
from porch.people.delivery.grounds import Reason
from porch.people.identity.models import Person
from porch.people.suppression.hashing import hash_address
from porch.people.suppression.reads import which_are_suppressed

MOST = 100_000
# Looked up and written together: fits the parameters of one statement on both databases.
AT_ONCE = 500
# Those that one press sends: they stand in the form, which takes 2.5 MB.
MOST_AT_A_PRESS = 8_000
MOST_TOLD = 1_000

NO_ADDRESS = _("no address that mail can be sent to")
TWICE = _("stands in the list already")
IN_ALREADY = _("is in already")
INVITED_ALREADY = _("has an open invitation already")
STOPPED = _("is not written to: mail to it was stopped")


class NobodyInList(BadInput):
    text = _("There is no address in this list.")
    hint = _("Paste addresses, or choose a file with them: one a line, or with commas between.")


class TooManyInList(BadInput):
    text = _("This list has more than %(most)s addresses.")
    hint = _("Send it in parts. Nobody was invited.")


@dataclass(slots=True)
class Report:
    """What becomes of a list: who is invited, how many are not for which reason, and the first of those.

    ``left`` are those for whom there was no room, neither looked up nor invited; ``go_on_at`` says when there is.
    """

    wanted: list[str] = field(default_factory=list)
    counts: Counter[Text] = field(default_factory=Counter)
    refused: list[tuple[int, str, Text]] = field(default_factory=list)
    left: int = 0
    go_on_at: datetime | None = None

    @property
    def invited(self) -> int:
        return len(self.wanted)

    def refuse(self, entry: Entry, why: Text) -> None:
        self.counts[why] += 1
        if len(self.refused) < MOST_TOLD:
            self.refused.append((entry.line, entry.text, why))


def look_through(*, circle: Circle, by: Person, text: str, days: int, note: str, at: datetime) -> Report:
    """Say what inviting a list would do now, and do nothing. Raises what ``invite_addresses`` does."""
    member = require_sender(by, circle)
    clean_terms(uses=1, days=days, note=note)
    report, wanted = read_and_sift(text)
    room, go_on_at = room_today(member, at)
    if wanted and not room and go_on_at is not None:
        raise enough_for_today(go_on_at, at)
    most = min(room, MOST_AT_A_PRESS)
    for some in in_parts(wanted):
        # Nobody is looked up beyond what one press sends.
        if len(report.wanted) < most:
            keep(report, list(without_the_barred(some, circle, report, at)), most)
        else:
            report.left += len(some)
    if report.left and len(report.wanted) == room:
        report.go_on_at = go_on_at or at + DAY
    report.refused.sort(key=lambda told: told[0])
    return report


def invite_addresses(*, circle: Circle, by: Person, text: str, days: int, note: str, at: datetime) -> Report:
    """Invite each address of a list into a circle, each by a letter of its own, which jobs write afterwards.

    Some at a time, and what is done stays: the same list once more invites those that are left, and nobody twice.
    Slow: half a millisecond an address. Raises ``NobodyInList``, ``TooManyInList``, ``EnoughForToday``, and what one
    link does.
    """
    require_sender(by, circle)
    terms = days, clean_terms(uses=1, days=days, note=note)
    report, wanted = read_and_sift(text)
    for some in in_parts(wanted):
        if report.go_on_at is None:
            put_in(circle=circle, by=by, some=some, terms=terms, report=report, at=at)
        else:
            report.left += len(some)
    if report.go_on_at is not None and not report.wanted:
        raise enough_for_today(report.go_on_at, at)
    report.refused.sort(key=lambda told: told[0])
    return report


def read_and_sift(text: str) -> tuple[Report, list[Entry]]:
    """Read a list; leave out what is no address and what comes twice."""
    entries = list(islice(read_list(text), MOST + 1))
    if not entries:
        raise NobodyInList
    if len(entries) > MOST:
        raise TooManyInList(most=f"{MOST:,}")
    report, wanted = Report(), []
    seen: set[str] = set()
    for entry in entries:
        if not entry.address:
            report.refuse(entry, NO_ADDRESS)
        elif entry.address in seen:
            report.refuse(entry, TWICE)
        else:
            seen.add(entry.address)
            wanted.append(entry)
    return report, wanted


@transaction.atomic
def put_in(
    *,
    circle: Circle,
    by: Person,
    some: list[Entry],
    terms: tuple[int, str],
    report: Report,
    at: datetime,
) -> None:
    """Write the invites of a part of a list, as many as there is room for today."""
    days, note = terms
    # Two who send the same list at once invite nobody twice, and one who sends two has no more room for it.
    circle = lock_circle(circle.pk)
    member = require_sender(by, circle)
    take_turns(f"letters of {member.pk}")
    room, go_on_at = room_today(member, at)
    found = list(without_the_barred(some, circle, report, at))
    new = keep(report, found, len(report.wanted) + room)
    if len(new) < len(found):
        report.go_on_at = go_on_at or at + DAY
    if not new:
        return
    shared = {"circle": circle, "made_by": member, "note": note, "made_at": at}
    shared["expires_at"] = at + timedelta(days=days)
    Invite.objects.bulk_create(Invite(address=address, **shared) for address in new)
    record(LISTED, by_id=by.pk, at=at, circle_id=circle.pk, invited=len(new))
    note_fact(AddressesInvited(circle_id=circle.pk, by_member_id=member.pk, at=at))
    write_letters.enqueue()


def keep(report: Report, found: list[Entry], most: int) -> list[str]:
    """Add those who are invited to a report, up to a number of them; give whom it took."""
    new = [each.address for each in found[: max(0, most - len(report.wanted))]]
    report.wanted += new
    report.left += len(found) - len(new)
    return new


def in_parts(entries: list[Entry]) -> Iterator[list[Entry]]:
    """Cut a list into the parts that are looked up and written together."""
    for start in range(0, len(entries), AT_ONCE):
        yield entries[start : start + AT_ONCE]


def without_the_barred(entries: list[Entry], circle: Circle, report: Report, at: datetime) -> Iterator[Entry]:
    """Leave out who is in already, who is invited already, and who is not written to."""
    addresses = [each.address for each in entries]
    inside = those_inside(addresses, circle)
    waiting = Invite.objects.open(at).filter(circle=circle, address__in=addresses)
    invited = set(waiting.values_list("address", flat=True))
    hashes = {each: hash_address(each) for each in addresses}
    stopped = which_are_suppressed(list(hashes.values()), Reason.INVITED)
    for entry in entries:
        if entry.address in inside:
            report.refuse(entry, IN_ALREADY)
        elif entry.address in invited:
            report.refuse(entry, INVITED_ALREADY)
        elif hashes[entry.address] in stopped:
            report.refuse(entry, STOPPED)
        else:
            yield entry


def those_inside(addresses: list[str], circle: Circle) -> set[str]:
    """Tell which addresses belong to somebody who is in a circle."""
    rows = EmailAddress.objects.filter(email__in=addresses, verified=True)
    owners = dict(rows.values_list("email", "user_id"))
    if circle.is_whole:
        inside = which_are_members(set(owners.values()))
    else:
        members = Member.objects.present().filter(person_id__in=set(owners.values()))
        found = CircleMember.objects.filter(circle=circle, member__in=members)
        inside = set(found.values_list("member__person_id", flat=True))
    return {address for address, person_id in owners.items() if person_id in inside}
