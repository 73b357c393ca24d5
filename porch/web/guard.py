"""What every response of Django's carries, and the one name under which the site answers."""

import secrets
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, HttpResponseRedirectBase
from django.middleware.common import CommonMiddleware

Answer = Callable[[HttpRequest], HttpResponse]

# Scripts run only with the nonce of this very response; everything else comes from this server or not at all.
POLICY = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "media-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=(), "
        "publickey-credentials-create=(self), publickey-credentials-get=(self)"
    ),
}
HEALTH = "/health"


class KeepMethod(HttpResponseRedirectBase):
    status_code = 307


def security_headers(get_response: Answer) -> Answer:
    """Set the headers that keep a page from doing what it was not made for."""
    headers = HEADERS | {"Cache-Control": "private, no-store"}
    if settings.PORCH_URL.startswith("https://"):
        headers["Strict-Transport-Security"] = "max-age=31536000"
    before, after = POLICY.split("{nonce}")

    def middleware(request: HttpRequest) -> HttpResponse:
        nonce = request.META.get("porch.nonce") or secrets.token_urlsafe(16)
        request.csp_nonce = nonce  # type: ignore[attr-defined]
        response = get_response(request)
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Content-Security-Policy", before + nonce + after)
        return response

    return middleware


def canonical_host(get_response: Answer) -> Answer:
    """Send visitors of any other name to PORCH_URL: cookies and passkeys belong to one name."""
    home = settings.PORCH_URL
    host = home.partition("://")[2]

    def middleware(request: HttpRequest) -> HttpResponse:
        # get_host also refuses what is no name at all; ours needs no such look.
        is_ours = request.META.get("HTTP_HOST") == host or request.get_host() == host
        if not is_ours and request.path != HEALTH:
            return KeepMethod(home + request.get_full_path())
        return get_response(request)

    return middleware


def add_slashes(get_response: Answer) -> Callable[[HttpRequest], HttpResponseBase]:
    """Lead from an address without its last slash to the one that has it, and say how long each answer is.

    Only the second half of Django's middleware: the first asks about hosts and agents, and ``canonical_host`` has.
    """
    common = CommonMiddleware(get_response)

    def middleware(request: HttpRequest) -> HttpResponseBase:
        return common.process_response(request, get_response(request))

    return middleware
