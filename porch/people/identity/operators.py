"""The verbs of operators: add a person, name them, appoint and dismiss operators, shut out and let in."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from porch.engine.audit.recording import MOST_REASON, record
from porch.engine.facts.noting import note
from porch.kit.locks import take_turns
from porch.kit.refusals import NotAllowed, Refusal
from porch.kit.text import clean_line
from porch.people.identity.acts import ADDED, APPOINTED, DISMISSED, READMITTED, SUSPENDED
from porch.people.identity.addresses import give_address
from porch.people.identity.facts import (
    OperatorAppointed,
    OperatorDismissed,
    PersonAdded,
    PersonReadmitted,
    PersonRenamed,
    PersonSuspended,
)
from porch.people.identity.locking import locked
from porch.people.identity.models import Operator, Person
from porch.people.sessions.actions import end_along
from porch.people.tokens.ending import revoke_along

LONGEST_NAME = 80


class LastOperator(Refusal):
    status = 409
    text = _("This is the last operator, so it stays one.")
    hint = _("Appoint another operator first: a house that nobody runs cannot be opened again.")


@transaction.atomic
def add_person(*, address: str, name: str, at: datetime) -> Person:
    """Add a person at an address for whose owner somebody vouches; the first code proves it."""
    person = enter_person(name=name, at=at)
    give_address(person=person, address=address)
    return locked(person)


@transaction.atomic
def enter_person(*, name: str, at: datetime) -> Person:
    """Add a person who has no address yet: the command line does it, and for the owner of a new house."""
    person = Person(name=clean_name(name), created_at=at)
    person.set_unusable_password()
    person.save()
    record(ADDED, by_id=None, about_id=person.pk, at=at)
    note(PersonAdded(person_id=person.pk, at=at))
    return person


@transaction.atomic
def rename_person(*, person: Person, name: str, at: datetime) -> Person:
    """Give a person another name. Who has it already keeps it, and nothing is noted."""
    person, name = locked(person), clean_name(name)
    if person.name != name:
        person.name = name
        person.save(update_fields=["name"])
        note(PersonRenamed(person_id=person.pk, at=at))
    return person


@transaction.atomic
def appoint_operator(*, person: Person, by: Person | None, at: datetime) -> Operator:
    """Let a person run this server; ``by`` is nobody on the command line. Who is one already stays one."""
    require_operator(by)
    operator, is_new = Operator.objects.get_or_create(person=person, defaults={"since": at})
    if is_new:
        record(APPOINTED, by_id=by.pk if by else None, about_id=person.pk, at=at)
        note(OperatorAppointed(person_id=person.pk, by_person_id=by.pk if by else None, at=at))
    return operator


@transaction.atomic
def dismiss_operator(*, person: Person, by: Person, at: datetime) -> None:
    """End that a person runs this server. The last one stays."""
    take_turns("owner")
    require_operator(by)
    operator = Operator.objects.select_for_update(of=("self",)).filter(person=person).first()
    if operator is None:
        return
    require_another(person)
    operator.delete()
    record(DISMISSED, by_id=by.pk, about_id=person.pk, at=at)
    note(OperatorDismissed(person_id=person.pk, by_person_id=by.pk, at=at))


@transaction.atomic
def shut_out(*, person: Person, by: Person, reason: str, at: datetime) -> Person:
    """Let a person in no more, by any way, from their next request on. Nothing of theirs is removed.

    The reason stands in the audit, which they can read once they are let in again.
    """
    reason = clean_line(reason, most=MOST_REASON, name=_("reason"))
    take_turns("owner")
    require_operator(by)
    person = locked(person)
    if not person.is_active:
        return person
    if Operator.objects.filter(person=person).exists():
        require_another(person)
    person.is_active = False
    person.save(update_fields=["is_active"])
    end_along(person=person, at=at)
    revoke_along(person=person, at=at)
    record(SUSPENDED, by_id=by.pk, about_id=person.pk, at=at, reason=reason)
    note(PersonSuspended(person_id=person.pk, by_person_id=by.pk, at=at))
    return person


@transaction.atomic
def let_in(*, person: Person, by: Person, at: datetime) -> Person:
    """Let somebody in again who was shut out."""
    require_operator(by)
    person = locked(person)
    if person.is_active:
        return person
    person.is_active = True
    person.save(update_fields=["is_active"])
    record(READMITTED, by_id=by.pk, about_id=person.pk, at=at)
    note(PersonReadmitted(person_id=person.pk, by_person_id=by.pk, at=at))
    return person


def clean_name(name: str) -> str:
    return clean_line(name, most=LONGEST_NAME, name=_("The name"))


def require_operator(by: Person | None) -> None:
    """Refuse whoever runs nothing here; the command line is asked by nobody in particular."""
    if by is not None and not Operator.objects.filter(person=by, person__is_active=True).exists():
        raise NotAllowed


def require_another(person: Person) -> None:
    """Refuse where no other operator could come in; asked while taking turns. Raises ``LastOperator``."""
    if not Operator.objects.filter(person__is_active=True).exclude(person=person).exists():
        raise LastOperator
