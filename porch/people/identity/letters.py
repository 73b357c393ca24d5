"""Letters to people about their sign-in: what was asked for, by which browser, and what to do if it was not them."""

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

BROWSERS = {"Edg/": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "Chrome/": "Chrome", "Safari/": "Safari"}
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS X": "Mac",
    "Linux": "Linux",
}

# Every change of how somebody comes in, as the person reads it in a letter.
CHANGES: dict[str, Promise] = {
    "name": gettext_lazy("Your name is now %(what)s."),
    "address-added": gettext_lazy("The address %(what)s was added to your account."),
    "address-main": gettext_lazy("%(what)s is now your main address: letters go there."),
    "address-removed": gettext_lazy("The address %(what)s was removed from your account."),
    "password-set": gettext_lazy("A password was set for your account. Other browsers were signed out."),
    "password-removed": gettext_lazy("The password of your account was removed."),
    "passkey-added": gettext_lazy("The passkey %(what)s was added to your account."),
    "passkey-removed": gettext_lazy("The passkey %(what)s was removed from your account."),
    "app-added": gettext_lazy("An app for codes was added to your account."),
    "app-removed": gettext_lazy("The app for codes was removed from your account."),
    "second-on": gettext_lazy("Signing in now asks for a second step."),
    "second-off": gettext_lazy("Signing in no longer asks for a second step."),
    "recovery-new": gettext_lazy("New recovery codes were made. The old ones no longer work."),
    "recovery-used": gettext_lazy("A recovery code was used. It does not work again."),
}


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it is written; who gets it is said when it is sent."""

    subject: str
    text: str
    html: str


def can_send() -> bool:
    """Say whether letters leave this server at all."""
    return not settings.EMAIL_BACKEND.endswith("filebased.EmailBackend")


def write_code(request: HttpRequest, *, purpose: str, code: str, at: datetime) -> Letter:
    """Write the letter that carries a code. Its last line lets telephones fill it in."""
    what_for = {
        "sign-in": _("You, or somebody with your address, wants to sign in."),
        "address": _("Somebody wants to use this address for their account."),
        "confirm": _("You, or somebody with your session, wants to change something of your account."),
    }[purpose]
    # The code is of use only in the browser that asked for it, so it may stand where a locked screen shows it.
    return write(
        _("%(code)s is your code for Porch") % {"code": code},
        what_for,
        request,
        at=at,
        code=code,
        advice=_(
            "If that was not you, do nothing: without the code nobody gets in, and it is gone in 15 minutes."
        ),
    )


def write_change(request: HttpRequest, *, change: str, what: str, at: datetime) -> Letter:
    """Write the letter that tells of a change to somebody's account."""
    advice = _("If that was not you, sign in, look at your account, and tell whoever runs this Porch.")
    return write(
        _("Your account was changed"), str(CHANGES[change]) % {"what": what}, request, at=at, advice=advice
    )


def write(
    subject: str, what: str, request: HttpRequest, *, at: datetime, advice: str, code: str = ""
) -> Letter:
    """Put a letter together, as text and as HTML."""
    shown = {
        "subject": subject,
        "what": what,
        "code": code,
        "advice": advice,
        "browser": kind_of_browser(request.META.get("HTTP_USER_AGENT", "")),
        "at": at.strftime("%Y-%m-%d %H:%M UTC"),
        "host": urlsplit(settings.PORCH_URL).hostname,
        "home": settings.PORCH_URL,
        "account": settings.PORCH_URL + reverse("account"),
    }
    text = render_to_string("people/letters/letter.txt", shown)
    return Letter(subject, text, render_to_string("people/letters/letter.html", shown))


def send_letter(letter: Letter, *, to: str) -> None:
    """Send a letter to an address; call it after the transaction, never inside."""
    message = EmailMultiAlternatives(letter.subject, letter.text, settings.DEFAULT_FROM_EMAIL, [to])
    message.attach_alternative(letter.html, "text/html")
    message.send()


def kind_of_browser(agent: str) -> str:
    """Name a browser and its system, coarsely; enough to know one's own."""
    browser = next((name for mark, name in BROWSERS.items() if mark in agent), _("A browser"))
    system = next((name for mark, name in SYSTEMS.items() if re.search(mark, agent)), "")
    return _("%(browser)s on %(system)s") % {"browser": browser, "system": system} if system else browser
