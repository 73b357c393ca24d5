"""Passkeys: the ceremony is allauth's and fido2's; ours is that it happens at PORCH_URL and nowhere else."""

import json
from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _

from porch.kit.refusals import BadInput
from porch.people.identity.models import Person

LARGEST = 20_000


class PasskeyDoesNotFit(BadInput):
    text = _("This passkey does not open this door.")
    hint = _(
        "It may have been removed, or belong to another site or account. Try again, or come in another way."
    )


def are_possible() -> bool:
    """Say whether browsers make passkeys for PORCH_URL: with HTTPS and a name, or on localhost."""
    parts = urlsplit(settings.PORCH_URL)
    host = parts.hostname or ""
    is_number = host.replace(".", "").isdigit() or ":" in host
    return not is_number and (parts.scheme == "https" or host == "localhost")


def options(asked: Any) -> HttpResponse:
    """Hand a browser what it needs to begin."""
    return JsonResponse(
        json.loads(json.dumps(dict(asked), default=dict)), headers={"Cache-Control": "no-store"}
    )


def wants_options(request: HttpRequest) -> bool:
    return request.POST.get("ask") == "options"


def begin_adding(person: Person) -> HttpResponse:
    return options(auth.begin_registration(person, passwordless=True))


def begin_showing(person: Person | None = None) -> HttpResponse:
    """Ask for a passkey: of this person, or of whoever holds one for this site."""
    return options(auth.begin_authentication(person))


def take_new(text: str) -> dict[str, Any]:
    """Check a passkey that was just made and give it as it is kept."""
    credential = read(text)
    try:
        made = auth.parse_registration_response(credential)
        require_home(made.response.client_data.origin)
        if not auth.complete_registration(credential).is_user_verified():
            raise PasskeyDoesNotFit
    except (PasskeyDoesNotFit, ValidationError) as error:
        raise PasskeyDoesNotFit from error
    except Exception as error:  # its parsers raise whatever hostile bytes make of them
        raise PasskeyDoesNotFit from error
    return credential


def check_shown(text: str, person: Person | None = None) -> Authenticator:
    """Check a passkey that was shown, of this person or of whom it names, and give it."""
    credential = read(text)
    try:
        shown = auth.parse_authentication_response(credential)
        require_home(shown.response.client_data.origin)
        if not shown.response.authenticator_data.is_user_verified():
            raise PasskeyDoesNotFit  # who found the key of somebody else has no PIN for it
        whose = person or auth.extract_user_from_response(credential)
        return auth.complete_authentication(whose, credential)
    except Exception as error:  # likewise
        raise PasskeyDoesNotFit from error


def require_home(origin: str) -> None:
    """Refuse what was made or shown on another page than ours, a neighbour under the same name included."""
    if origin != settings.PORCH_URL:
        raise PasskeyDoesNotFit


def read(text: str) -> dict[str, Any]:
    """Read what a browser sent, as far as it is a mapping of a sane size."""
    try:
        credential = json.loads(text) if len(text) < LARGEST else None
    except (ValueError, RecursionError) as error:
        raise PasskeyDoesNotFit from error
    if not isinstance(credential, dict):
        raise PasskeyDoesNotFit
    return credential
