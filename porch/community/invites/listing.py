"""A list of addresses becomes invites, never members: many at once, and for each that does not, why."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from porch.community.circles.models import Circle, CircleMember
from porch.community.invites.actions import clean_terms, require_inviter
from porch.community.invites.acts import LISTED
from porch.community.invites.facts import AddressesInvited
from porch.community.invites.jobs import write_letters
from porch.community.invites.models import Invite
from porch.community.invites.parsing import Entry, read_list
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
    """What became of a list: how many were invited, how many were not for which reason, and the first of those."""

    invited: int = 0
    counts: Counter[Text] = field(default_factory=Counter)
    refused: list[tuple[int, str, Text]] = field(default_factory=list)

    def refuse(self, entry: Entry, why: Text) -> None:
        self.counts[why] += 1
        if len(self.refused) < MOST_TOLD:
            self.refused.append((entry.line, entry.text, why))


def invite_addresses(*, circle: Circle, by: Person, text: str, days: int, note: str, at: datetime) -> Report:
    """Invite each address of a list into a circle, each by a letter of its own, which jobs write afterwards.

    Slow: half a millisecond an address. Raises ``NobodyInList``, ``TooManyInList``, and what one link does.
    """
    require_inviter(by, circle)
    entries = list(islice(read_list(text), MOST + 1))
    if not entries:
        raise NobodyInList
    if len(entries) > MOST:
        raise TooManyInList(most=f"{MOST:,}")
    report = Report()
    wanted = sift(entries, report)
    put_in(circle=circle, by=by, wanted=wanted, terms=(days, note), report=report, at=at)
    report.refused.sort(key=lambda told: told[0])
    return report


def sift(entries: Iterable[Entry], report: Report) -> list[Entry]:
    """Leave out what is no address and what comes twice."""
    seen: set[str] = set()
    wanted = []
    for entry in entries:
        if not entry.address:
            report.refuse(entry, NO_ADDRESS)
        elif entry.address in seen:
            report.refuse(entry, TWICE)
        else:
            seen.add(entry.address)
            wanted.append(entry)
    return wanted


@transaction.atomic
def put_in(
    *,
    circle: Circle,
    by: Person,
    wanted: list[Entry],
    terms: tuple[int, str],
    report: Report,
    at: datetime,
) -> None:
    """Write the invites, all or none."""
    days, note = terms
    member = require_inviter(by, circle)
    note = clean_terms(uses=1, days=days, note=note)
    # Two who send the same list at once invite nobody twice.
    take_turns(f"invites into {circle.pk}")
    shared = {"circle": circle, "made_by": member, "note": note, "made_at": at}
    shared["expires_at"] = at + timedelta(days=days)
    for some in in_parts(wanted):
        rows = [
            Invite(address=each.address, **shared) for each in without_the_barred(some, circle, report, at)
        ]
        Invite.objects.bulk_create(rows)
        report.invited += len(rows)
    if report.invited:
        record(LISTED, by_id=by.pk, at=at, circle_id=circle.pk, invited=report.invited)
        note_fact(AddressesInvited(circle_id=circle.pk, by_member_id=member.pk, at=at))
        write_letters.enqueue()


def in_parts(entries: list[Entry]) -> Iterator[list[Entry]]:
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
