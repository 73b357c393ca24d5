"""The verbs of one's own passkeys, app for codes, second step and recovery codes."""

from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, validate_totp_code
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from porch.kit.refusals import NotFound, Refusal
from porch.kit.text import clean_line
from porch.people.account.telling import tell
from porch.people.identity.locking import locked
from porch.people.identity.models import Person
from porch.people.sign_in import limits, second_step
from porch.people.sign_in.second_step import APP, PASSKEY, RECOVERY, NothingToAskFor, StepIsWrong, factors_of

MOST = 10


class TooManyPasskeys(Refusal):
    status = 409
    text = _("You have ten passkeys. That is as many as one can have.")
    hint = _("Remove one that you no longer use.")


@transaction.atomic
def add_passkey(
    *, person: Person, name: str, credential: dict[str, Any], browser: str, at: datetime
) -> Authenticator:
    """Keep a passkey that was checked a moment ago, up to ten."""
    person, name = locked(person), clean_name(name)
    require_room(person)
    row: Authenticator = WebAuthn.add(person, name, credential).instance
    tell(person, "passkey-added", name, browser=browser, at=at)
    return row


@transaction.atomic
def rename_passkey(*, person: Person, number: int, name: str) -> Authenticator:
    """Give a passkey another name."""
    row = own_passkey(locked(person), number)
    row.wrap().name = clean_name(name)
    row.save(update_fields=["data"])
    return row


@transaction.atomic
def remove_passkey(*, person: Person, number: int, browser: str, at: datetime) -> None:
    """Remove a passkey: it opens nothing from then on."""
    person = locked(person)
    row = own_passkey(person, number)
    name = row.wrap().name
    second_step.remove_factor(person=person, factor=row)
    tell(person, "passkey-removed", name, browser=browser, at=at)


def add_app(*, person: Person, secret: str, code: str, browser: str, at: datetime) -> list[str]:
    """Keep an app that has given a right code; give new recovery codes to who has none.

    Each try is counted, whatever becomes of it. Who has recovery codes keeps them: they may be printed and put away.
    """
    limits.count(limits.CONFIRMATIONS, str(person.pk), at=at)
    if not validate_totp_code(secret, code[:40]):
        raise StepIsWrong
    limits.forgive(limits.CONFIRMATIONS, str(person.pk))
    codes = keep_app(person=person, secret=secret, browser=browser, at=at)
    for factor in factors_of(person, APP):
        second_step.app_code_fits(factor, code[:40], at)  # used here, it is good for nothing more
    return codes


@transaction.atomic
def keep_app(*, person: Person, secret: str, browser: str, at: datetime) -> list[str]:
    """Keep an app, and ask for a second step from then on."""
    person = locked(person)
    if factors_of(person, APP):  # two tabs at once: one of them has done it
        raise StepIsWrong
    has_codes = bool(factors_of(person, RECOVERY))
    TOTP.activate(person, secret)
    second_step.ask_for_second_step(person=person, at=at)
    codes = [] if has_codes else second_step.make_recovery_codes(person=person)
    tell(person, "app-added", browser=browser, at=at)
    return codes


@transaction.atomic
def remove_app(*, person: Person, browser: str, at: datetime) -> None:
    """Remove the app: its codes are worth nothing from then on. Without one nothing is told."""
    person = locked(person)
    for factor in factors_of(person, APP):
        second_step.remove_factor(person=person, factor=factor)
        tell(person, "app-removed", browser=browser, at=at)


@transaction.atomic
def start_second_step(*, person: Person, browser: str, at: datetime) -> list[str]:
    """Be asked for a second step from now on; give new recovery codes."""
    person = locked(person)
    second_step.ask_for_second_step(person=person, at=at)
    tell(person, "second-on", browser=browser, at=at)
    return second_step.make_recovery_codes(person=person)


@transaction.atomic
def end_second_step(*, person: Person, browser: str, at: datetime) -> None:
    """Be asked for no second step any more."""
    person = locked(person)
    second_step.stop_second_step(person=person)
    tell(person, "second-off", browser=browser, at=at)


@transaction.atomic
def new_recovery_codes(*, person: Person, browser: str, at: datetime) -> list[str]:
    """Make new recovery codes; the old ones no longer work."""
    person = locked(person)
    if not second_step.wants_second_step(person):
        raise NothingToAskFor
    tell(person, "recovery-new", browser=browser, at=at)
    return second_step.make_recovery_codes(person=person)


def require_room(person: Person) -> None:
    """Refuse one passkey more than one can have."""
    if len(factors_of(person, PASSKEY)) >= MOST:
        raise TooManyPasskeys


def own_passkey(person: Person, number: int) -> Authenticator:
    """Find a passkey of this person's by its number."""
    row = Authenticator.objects.filter(user_id=person.pk, type=PASSKEY, pk=number).first()
    if row is None:
        raise NotFound
    return row


def clean_name(name: str) -> str:
    return clean_line(name, most=60, name=_("The name"))
