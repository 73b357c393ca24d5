"""The token in every form that says the form is ours: Django's, made faster.

Django checks it (``CsrfViewMiddleware``); this only makes it: the cookie's secret, masked anew for every page so
that a compressed page gives nothing away. The cookie is set where there is none, not renewed by every page: it
lives for a year, a session for a month, and signing in makes a new one.
"""

import os
from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import CSRF_ALLOWED_CHARS, CSRF_SECRET_LENGTH, get_token
from django.utils.functional import lazy
from markupsafe import Markup

LETTERS = CSRF_ALLOWED_CHARS
PLACES = {letter: place for place, letter in enumerate(LETTERS)}
# Random bytes that stand for a letter; the few above the last whole round are left out, so that none is likelier.
MOST = len(LETTERS) * (256 // len(LETTERS))
AS_LETTERS = bytes(ord(LETTERS[byte % len(LETTERS)]) for byte in range(256))
LEFT_OUT = bytes(range(MOST, 256))


def form_token(request: HttpRequest) -> dict[str, Any]:
    """Give templates ``csrf_input`` and ``csrf_token``; nothing is made before one of them is written."""
    return {"csrf_token": lazy_token(request), "csrf_input": lazy_field(request)}


def field_of(request: HttpRequest) -> Markup:
    """Make the hidden field that goes into every form."""
    token = token_of(request)
    return Markup(f'<input type="hidden" name="csrfmiddlewaretoken" value="{token}">')  # noqa: S704 - letters only


def token_of(request: HttpRequest) -> str:
    """Make a token of the secret in the request's cookie; where there is none, Django makes both."""
    secret = request.META.get("CSRF_COOKIE")
    return mask(secret) if secret else get_token(request)


def mask(secret: str) -> str:
    """Hide a secret behind as many random letters, which go before it."""
    letters = b""
    while len(letters) < CSRF_SECRET_LENGTH:
        letters += os.urandom(2 * CSRF_SECRET_LENGTH).translate(AS_LETTERS, LEFT_OUT)
    cover = letters[:CSRF_SECRET_LENGTH].decode()
    hidden = [LETTERS[(PLACES[a] + PLACES[b]) % len(LETTERS)] for a, b in zip(secret, cover, strict=True)]
    return cover + "".join(hidden)


lazy_token = lazy(token_of, str)
lazy_field = lazy(field_of, Markup)
