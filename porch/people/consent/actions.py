"""The verbs of the ledger: give a consent, withdraw it. Both are one line, added under one lock."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from porch.engine.facts.kinds import Fact
from porch.engine.facts.noting import note
from porch.kit.locks import take_turns
from porch.kit.refusals import BadInput, Conflict, Refusal
from porch.people.consent.facts import ConsentGiven, ConsentWithdrawn, YesGiven, YesWithdrawn
from porch.people.consent.models import LIVE, Act, Consent, ConsentAddress, Proof
from porch.people.consent.purposes import (
    Basis,
    Purpose,
    UnknownWording,
    Wording,
    find_purpose,
    other_purposes,
)
from porch.people.consent.reads import state_for
from porch.people.consent.subjects import Subject
from porch.people.identity.models import Person
from porch.people.suppression.actions import lift_for, suppress_hash
from porch.people.suppression.models import Reason


class OtherBasis(BadInput):
    text = _("This is not done on that basis here.")


class OtherSubject(BadInput):
    text = _("This is not for them to agree to.")


class WithdrawnSince(Conflict):
    text = _("This was stopped in the meantime, and stays so.")
    hint = _("Say yes again if you do want it.")


class NoSwitchForThis(Refusal):
    status = 409
    text = _("Your account needs this mail, so it cannot be switched off.")
    hint = _("It ends when you close the account.")


@transaction.atomic
def give_consent(
    *,
    subject: Subject,
    purpose: str,
    wording: int,
    basis: Basis = Basis.CONSENT,
    source: str,
    proof: Proof,
    by: Person | None,
    at: datetime,
) -> Consent:
    """Add a yes to the words of one version. Somebody who has said so already to the same words has said it once.

    A withdrawal at the same instant wins. So does any that came later than a yes which is only reported, by an
    import say: ``at`` is when it was given.
    """
    found, words = look_up(purpose, subject, wording)
    if basis not in found.bases:
        raise OtherBasis
    take_turns(f"consent {subject.name} {purpose}")
    last = state_for(subject.name, purpose)
    if last is not None and last.act == Act.WITHDRAWN and is_overruled(last.at, proof, at):
        raise WithdrawnSince
    if last is not None and last.act == Act.GIVEN and last.wording >= wording:
        return Consent.objects.get(pk=last.id)
    keep_address(subject, at)
    row = add(subject, found, words, Act.GIVEN, basis, source, proof, by, at)
    # A list from elsewhere or somebody's word proves nothing against what the person asked for themselves.
    if subject.address_hash and proof in LIVE:
        lift_for(hashed=subject.address_hash, purpose=purpose, others=other_purposes(purpose), at=at)
    note(fact_of(row))
    return row


@transaction.atomic
def withdraw_consent(
    *, subject: Subject, purpose: str, source: str, proof: Proof, by: Person | None, at: datetime
) -> Consent:
    """Add a stop, whether or not there was a yes. Whoever has stopped already stays as they are."""
    found, words = look_up(purpose, subject, find_purpose(purpose).current.version)
    if not found.is_optional:
        raise NoSwitchForThis
    take_turns(f"consent {subject.name} {purpose}")
    last = state_for(subject.name, purpose)
    if last is not None and last.act == Act.WITHDRAWN:
        return Consent.objects.get(pk=last.id)
    if last is not None:
        words = found.wording(last.wording)
    row = add(subject, found, words, Act.WITHDRAWN, Basis.CONSENT, source, proof, by, at)
    if subject.address_hash:
        suppress_hash(hashed=subject.address_hash, reason=Reason.WITHDRAWN, scope=purpose, at=at)
    note(fact_of(row))
    return row


def look_up(purpose: str, subject: Subject, wording: int) -> tuple[Purpose, Wording]:
    """Find what is agreed to, or refuse: an unknown purpose, words never shown or outdated, somebody else's choice."""
    found = find_purpose(purpose)
    if subject.is_address != (found.of == "address"):
        raise OtherSubject
    words = found.wording(wording)
    if wording < found.covered_from:
        raise UnknownWording
    return found, words


def is_overruled(withdrawn_at: datetime, proof: Proof, at: datetime) -> bool:
    """Say whether a withdrawal holds against a yes: the later one wins, and of two at once the withdrawal.

    What happens here and now comes after what is in the ledger, even where a clock was set back.
    """
    return at == withdrawn_at if proof in LIVE else at <= withdrawn_at


def keep_address(subject: Subject, at: datetime) -> None:
    """Keep the address of a subject that is one: from now on it is written to."""
    if subject.is_address:
        kept = {"address": subject.address, "since": at}
        ConsentAddress.objects.get_or_create(subject=subject.name, defaults=kept)


def add(
    subject: Subject,
    purpose: Purpose,
    words: Wording,
    act: Act,
    basis: Basis,
    source: str,
    proof: Proof,
    by: Person | None,
    at: datetime,
) -> Consent:
    """Add a line to the ledger."""
    return Consent.objects.create(
        subject=subject.name,
        purpose=purpose.name,
        act=act,
        basis=basis,
        wording=words.version,
        wording_hash=words.hash,
        at=at,
        source=source,
        proof=proof,
        by_person_id=by.pk if by else None,
    )


def fact_of(row: Consent) -> Fact:
    """Say what happened in the stream of its side: of a member by id, of an address without one."""
    is_yes = row.act == Act.GIVEN
    if row.subject.startswith("address:"):
        return YesGiven(at=row.at) if is_yes else YesWithdrawn(at=row.at)
    kind = ConsentGiven if is_yes else ConsentWithdrawn
    return kind(consent_id=row.pk, person_id=int(row.subject.removeprefix("person:")), at=row.at)
