"""The link in a mail that stops it: it needs no sign-in, no row of its own, and works for good.

It names the purpose and the subject as the ledger does, with a keyed code that nobody else can make.
"""

import hmac
from hashlib import sha256

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from porch.kit.keys import derive_key
from porch.kit.refusals import Refusal
from porch.people.consent.purposes import BY_NAME

KINDS = {"person": "p", "address": "a"}
SUBJECTS = {short: long for long, short in KINDS.items()}
CODE = 32


class LinkIsNotWhole(Refusal):
    status = 404
    text = _("This link is not whole.")
    hint = _("Copy all of it from the mail, or press it there. Nothing was changed.")


def stop_token(subject: str, purpose: str) -> str:
    """Make the part of a stop link that says who stops what."""
    kind, _colon, rest = subject.partition(":")
    said = f"{purpose}.{KINDS[kind]}.{rest}"
    return f"{said}.{code_of(said)}"


def read_stop_token(token: str) -> tuple[str, str]:
    """Read the subject and the purpose out of a stop link. Raises ``LinkIsNotWhole`` for what we did not make."""
    said, _dot, code = token.rpartition(".")
    if not hmac.compare_digest(code.encode("utf-8", "replace"), code_of(said).encode()):
        raise LinkIsNotWhole
    purpose, kind, rest = said.split(".")
    if purpose not in BY_NAME:
        raise LinkIsNotWhole
    return f"{SUBJECTS[kind]}:{rest}", purpose


def stop_link(subject: str, purpose: str) -> str:
    return str(settings.PORCH_URL + reverse("stop-mail", args=[stop_token(subject, purpose)]))


def code_of(said: str) -> str:
    return hmac.new(derive_key("stop links"), said.encode("utf-8", "replace"), sha256).hexdigest()[:CODE]
