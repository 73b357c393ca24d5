"""What people do to sign in, as their hands do it: ask, read the letter, type the code."""

import re

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.http import HttpResponse
from django.test import Client

from porch.engine.outbox.models import Delivery
from porch.kit.time import now
from porch.people.identity.models import Person
from porch.people.sign_in.models import Tally
from porch.people.sign_in.second_step import ask_for_second_step
from tests.people.mails import text_of

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def letters() -> list[Delivery]:
    """Give the letters that were sent, in turn."""
    return list(Delivery.objects.order_by("pk"))


def throw_letters_away() -> None:
    Delivery.objects.all().delete()


def newest() -> str:
    """Read the newest letter."""
    return text_of(letters()[-1])


def code_in_mail() -> str:
    """Read the code in the newest letter."""
    found = re.search(r"^ {4}(\S+)$", newest(), re.MULTILINE)
    assert found, newest()
    return found[1]


def ask(client: Client, address: str, **query: str) -> HttpResponse:
    return client.post("/sign-in/", {"address": address, **query})


def type_code(client: Client, code: str, **fields: str) -> HttpResponse:
    return client.post("/sign-in/code/", {"code": code, **fields})


def sign_in(client: Client, address: str) -> HttpResponse:
    """Come in by a code, as far as that goes."""
    ask(client, address)
    return type_code(client, code_in_mail())


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def give_app(person: Person) -> Authenticator:
    """Set up an app for codes, and with it the second step."""
    factor = TOTP.activate(person, SECRET).instance
    ask_for_second_step(person=person, at=now())
    return factor


def app_shows(factor: Authenticator) -> str:
    """Read the code that the app shows now."""
    counters = list(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(decrypt(factor.data["secret"]), counters[len(counters) // 2]))


def let_time_pass() -> None:
    """Let every span of the limits be over."""
    Tally.objects.all().delete()
