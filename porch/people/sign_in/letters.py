"""Letters to people about their sign-in: what was asked for, by which browser, and what to do if it was not them."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from porch.people.delivery.actions import send
from porch.people.delivery.grounds import Reason, Transactional
from porch.people.delivery.letters import Letter
from porch.people.identity.models import Person
from porch.people.sessions.devices import device_of
from porch.people.sign_in.codes import ADDRESS, CONFIRM, JOIN, OF_STRANGERS, SIGN_IN, Issued, issue_code

ASKED_FOR: dict[str, tuple[Promise, Reason]] = {
    SIGN_IN: (_("You, or somebody with your address, wants to sign in."), Reason.SIGN_IN_CODE),
    ADDRESS: (_("Somebody wants to use this address for their account."), Reason.ADDRESS_PROOF),
    CONFIRM: (
        _("You, or somebody with your session, wants to change something of your account."),
        Reason.SIGN_IN_CODE,
    ),
    JOIN: (_("You, or somebody with your address, wants to join."), Reason.ADDRESS_PROOF),
}
# Every change of how somebody comes in, as the person reads it in a letter.
CHANGES: dict[str, Promise] = {
    "name": _("Your name is now %(what)s."),
    "address-added": _("The address %(what)s was added to your account."),
    "address-main": _("%(what)s is now your main address: letters go there."),
    "address-removed": _("The address %(what)s was removed from your account."),
    "password-set": _("A password was set for your account. Other browsers were signed out."),
    "password-removed": _("The password of your account was removed."),
    "passkey-added": _("The passkey %(what)s was added to your account."),
    "passkey-removed": _("The passkey %(what)s was removed from your account."),
    "app-added": _("An app for codes was added to your account."),
    "app-removed": _("The app for codes was removed from your account."),
    "second-on": _("Signing in now asks for a second step."),
    "second-off": _("Signing in no longer asks for a second step."),
    "recovery-new": _("New recovery codes were made. The old ones no longer work."),
    "token-made": _("The API token %(what)s was made for your account. Programs can act for you with it."),
    "recovery-used": _("A recovery code was used. It does not work again."),
}


class OfNobody(Exception):
    """Takes back a letter to an address that nobody here has."""


def can_send() -> bool:
    """Say whether letters leave this server at all."""
    return settings.PORCH_MAIL_SERVER is not None


@transaction.atomic
def mail_code(
    request: HttpRequest, *, purpose: str, person: Person | None, address: str, at: datetime
) -> Issued:
    """Issue a code and send it. For nobody, all is done as for somebody, and the letter taken back: no time tells."""
    issued = issue_code(purpose=purpose, person=person, address=address, at=at)
    what, reason = ASKED_FOR[purpose]
    told = {"what": what, "code": issued.code, **about(device_of(request), at)}
    letter = Letter("people/sign_in/mail/code", told, is_secret=True)
    try:
        with transaction.atomic():
            send(letter, to=address, grounds=Transactional(reason), at=at)
            if person is None and purpose not in OF_STRANGERS:
                raise OfNobody
    except OfNobody:
        pass
    return issued


@transaction.atomic
def tell_change(*, change: str, what: str = "", to: str, browser: str, at: datetime) -> None:
    """Send the letter that tells of a change to somebody's account, in the transaction of the change."""
    told = {"what": str(CHANGES[change]) % {"what": what}, **about(browser, at)}
    letter = Letter("people/sign_in/mail/change", told)
    send(letter, to=to, grounds=Transactional(Reason.SECURITY_NOTICE), at=at)


def about(browser: str, at: datetime) -> dict[str, object]:
    """Say who asked, and when, in words that fit every letter."""
    return {
        "browser": browser,
        "at": at,
        "account": settings.PORCH_URL + reverse("account"),
    }
