"""The second step of a sign-in, for those who want one: a passkey, a code of an app, or a recovery code."""

from datetime import datetime
from typing import Any, cast

from allauth.account.stages import LoginStage
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import validate_totp_code
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn.internal.flows import did_use_passwordless_login as showed_passkey
from django.db import transaction
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from porch.kit.refusals import BadInput, Refusal
from porch.people.identity.locking import locked
from porch.people.identity.models import Person
from porch.people.sign_in.letters import tell_change
from porch.people.sign_in.limits import APP_CODE, SECOND_STEPS, Rate, TooManyTries, count, forgive
from porch.people.sign_in.models import SecondStep

PASSKEY, APP, RECOVERY = (
    Authenticator.Type.WEBAUTHN,
    Authenticator.Type.TOTP,
    Authenticator.Type.RECOVERY_CODES,
)


class StepIsWrong(BadInput):
    text = _("That is not the code.")
    hint = _("An app shows a new one every half minute, and each works once. So does each recovery code.")


class NothingToAskFor(Refusal):
    status = 409
    text = _("There is nothing yet to ask you for.")
    hint = _("Add a passkey or an app for codes first.")


class SecondStepStage(LoginStage):  # type: ignore[misc]
    """The one stage between the first proof and the session."""

    key = "second_step"
    urlname = "second-step"

    @property
    def person(self) -> Person:
        """Who is coming in."""
        return cast(Person, self.login.user)

    def handle(self) -> tuple[Any, bool]:
        """Ask for the second step, unless a passkey has shown both at once."""
        is_wanted = wants_second_step(self.person) and not showed_passkey(self.request, self.person)
        return (redirect(self.urlname) if is_wanted else None), True


def wants_second_step(person: Person) -> bool:
    return SecondStep.objects.filter(person_id=person.pk).exists()


def factors_of(person: Person, *kinds: str) -> list[Authenticator]:
    """List what a person has set up, the oldest first; of these kinds, or of all."""
    found = Authenticator.objects.filter(user_id=person.pk).order_by("pk")
    return list(found.filter(type__in=kinds) if kinds else found)


def check_step(
    *, person: Person, code: str, at: datetime, browser: str = "", rate: Rate = SECOND_STEPS
) -> Authenticator:
    """Hold a code against somebody's app and recovery codes; give what it was, or refuse.

    Each try is counted, whatever becomes of it. A recovery code that was used is told by letter.
    """
    count(rate, str(person.pk), at=at)
    factor = use_code(person=person, code=code[:40], browser=browser, at=at)
    forgive(rate, str(person.pk))
    return factor


@transaction.atomic
def use_code(*, person: Person, code: str, browser: str, at: datetime) -> Authenticator:
    """Take a code out of use, and tell of it where it was one of the few."""
    person = locked(person)
    for factor in factors_of(person, APP, RECOVERY):
        fits = app_code_fits if factor.type == APP else recovery_code_fits
        if fits(factor, code, at):
            factor.record_usage()
            if factor.type == RECOVERY and person.email:
                tell_change(change="recovery-used", to=person.email, browser=browser, at=at)
            return factor
    raise StepIsWrong


def app_code_fits(factor: Authenticator, code: str, at: datetime) -> bool:
    """Say whether an app shows this code now, and did not give it before."""
    if not validate_totp_code(decrypt(factor.data["secret"]), code):
        return False
    try:
        count(APP_CODE, f"{factor.pk}:{''.join(filter(str.isdigit, code))}", at=at)
    except TooManyTries:
        return False
    return True


def recovery_code_fits(factor: Authenticator, code: str, at: datetime) -> bool:
    return bool(RecoveryCodes(factor).validate_code(code))


@transaction.atomic
def ask_for_second_step(*, person: Person, at: datetime) -> None:
    """Have a person asked for a second step from now on, with recovery codes for the day when it is lost."""
    person = locked(person)
    if not factors_of(person, PASSKEY, APP):
        raise NothingToAskFor
    SecondStep.objects.get_or_create(person=person, defaults={"since": at})
    RecoveryCodes.activate(person)


@transaction.atomic
def stop_second_step(*, person: Person) -> None:
    """Ask no second step any more; recovery codes are of no use then."""
    person = locked(person)
    SecondStep.objects.filter(person=person).delete()
    Authenticator.objects.filter(user_id=person.pk, type=RECOVERY).delete()


@transaction.atomic
def remove_factor(*, person: Person, factor: Authenticator) -> None:
    """Remove a passkey or an app; with the last of them the second step ends."""
    person = locked(person)
    factor.delete()
    if not factors_of(person, PASSKEY, APP):
        stop_second_step(person=person)


@transaction.atomic
def make_recovery_codes(*, person: Person) -> list[str]:
    """Make ten new recovery codes; the old ones no longer work. They are shown once."""
    person = locked(person)
    Authenticator.objects.filter(user_id=person.pk, type=RECOVERY).delete()
    codes: list[str] = RecoveryCodes.activate(person).generate_codes()
    return codes
