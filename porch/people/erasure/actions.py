"""Erase a person: from every table at once, or from none."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from porch.engine.audit.recording import record
from porch.engine.facts.noting import note
from porch.kit.locks import take_turns
from porch.kit.refusals import NotFound
from porch.people.delivery.actions import send
from porch.people.delivery.grounds import Reason as Mail
from porch.people.delivery.grounds import Transactional
from porch.people.delivery.letters import Letter
from porch.people.erasure.acts import ERASED
from porch.people.erasure.correspondence import forget_late
from porch.people.erasure.facts import PersonErased
from porch.people.erasure.holdings import Holding, Model, Subject
from porch.people.erasure.models import Erasure
from porch.people.erasure.paths import by_column, mentioning, searchable
from porch.people.erasure.reads import Line, installed, receipt_of, subject_of
from porch.people.identity.models import FormerAddress, Operator, Person
from porch.people.identity.operators import require_another, require_operator
from porch.people.sessions.actions import end_along
from porch.people.suppression.actions import suppress_hash
from porch.people.suppression.hashing import hash_address
from porch.people.suppression.models import Reason

# Asked before people erase themselves: each raises a refusal for somebody whom others still need, such as the last
# owner of a community. Higher floors add to it.
ASKED_BEFORE: list[Callable[[Person], None]] = []
# How long what was under way when a person went is looked for and cleared.
AFTERMATH = timedelta(days=2)
# What came by its time so soon after had begun before; what comes later to the same address is somebody's new wish.
UNDER_WAY = timedelta(minutes=1)


@transaction.atomic
def erase_person(*, person: Person, by: Person | None, at: datetime, reason: str = "") -> list[Line]:
    """Take a person out of every table that knows them, and give the receipt. Done twice, it gives the same receipt.

    ``by`` is None for the command line. Raises ``NotAllowed``, ``LastOperator``, and
    ``NotFound`` where there never was such a person.
    """
    # Before the row itself: two operators who erase each other at one moment would both find another one left.
    take_turns("owner")
    require_operator(by)
    return _erase(person, by=by, at=at, reason=reason)


@transaction.atomic
def erase_oneself(*, person: Person, at: datetime) -> list[Line]:
    """Take oneself out of every table, and have the receipt mailed to where letters went.

    Raises ``LastOperator``, and what ``ASKED_BEFORE`` raises for those whom others still need.
    """
    take_turns("owner")
    there = Person.objects.select_for_update().filter(pk=person.pk, is_active=True).first()
    if there is None:
        raise NotFound
    require_spared(there)
    for ask in ASKED_BEFORE:
        ask(there)
    address = there.email
    lines = _erase(there, by=there, at=at, reason="")
    # After all is cleared, so that it is not cleared itself. Without a mail server it would only lie here.
    if address and settings.PORCH_MAIL_SERVER is not None:
        letter = Letter("people/erasure/mail/receipt", {"lines": lines, "at": at})
        send(letter, to=address, grounds=Transactional(Mail.ERASURE_RECEIPT), at=at)
    return lines


def _erase(person: Person, *, by: Person | None, at: datetime, reason: str) -> list[Line]:
    """Do it, within the turn of those who run the house."""
    there = Person.objects.select_for_update().filter(pk=person.pk).first()
    if there is None:
        return receipt_kept(person.pk)
    require_spared(there)
    subject = subject_of(there)
    former = list(FormerAddress.objects.filter(person=there).values_list("hash", flat=True))
    lines = receipt_of(subject)
    erasure = Erasure.objects.create(
        person_id=subject.person_id,
        at=at,
        receipt=[asdict(line) for line in lines],
        address_hashes=[*(hash_address(each) for each in subject.addresses), *former],
    )
    record(ERASED, by_id=None if by is None else by.pk, at=at, reason=reason, erasure_id=erasure.pk)
    end_along(person=there, at=at)
    # After the row in the audit: whoever erases themselves is not to stand in it.
    clear(subject, at=at)
    forget_late(former, until=at)
    for each in former:
        suppress_hash(hashed=each, reason=Reason.ERASED, at=at)
    there.delete()
    note(PersonErased(person_id=subject.person_id, at=at))
    return lines


def require_spared(person: Person) -> None:
    """Refuse the last one who runs this server. Raises ``LastOperator``."""
    if Operator.objects.filter(person=person).exists():
        require_another(person)


@transaction.atomic
def clear_aftermath(*, at: datetime) -> int:
    """Clear what was written about people while they were being erased; give how many were looked after.

    A verb that had begun before may name them, or write to them, after: that goes all the same.
    """
    over = Erasure.objects.filter(at__lte=at - AFTERMATH).exclude(address_hashes=[])
    for erasure in over:
        forget_late(erasure.address_hashes, until=erasure.at + UNDER_WAY, the_receipt_too=True)
    over.update(address_hashes=[])
    recent = list(Erasure.objects.filter(at__gt=at - AFTERMATH).order_by("pk"))
    for erasure in recent:
        clear(Subject(erasure.person_id), at=at)
        forget_late(erasure.address_hashes, until=erasure.at + UNDER_WAY)
    return len(recent)


def receipt_kept(person_id: int) -> list[Line]:
    """Give the receipt of an erasure that is done already."""
    erasure = Erasure.objects.filter(person_id=person_id).first()
    if erasure is None:
        raise NotFound
    return [Line(**line) for line in erasure.receipt]


def clear(subject: Subject, *, at: datetime) -> None:
    """Have every table let go of a person, as far as relations do not."""
    for holding, model in installed():
        # First: it may have to find rows that go.
        if holding.also is not None:
            holding.also(subject, at)
        let_go(holding, model, subject)


def let_go(holding: Holding, model: Model, subject: Subject) -> None:
    """Clear or delete rows of one table; those that only grow make this one exception."""
    rows = searchable(model, holding)
    if holding.finds is not None and holding.goes:
        rows.filter(holding.finds(subject)).delete()
    for column in holding.deletes:
        rows.filter(by_column(model, column, subject)).delete()
    for column, then in holding.mentions.items():
        mentioned = rows.filter(mentioning(column, subject))
        if callable(then):
            for row in mentioned.select_for_update(of=("self",)):
                model._base_manager.filter(pk=row.pk).update(**then(row, subject))
        elif then:
            mentioned.update(**then)
        else:
            mentioned.delete()
    for column, then in holding.clears.items():
        rows.filter(**{column: subject.person_id}).update(**then)
