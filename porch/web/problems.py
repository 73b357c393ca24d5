"""A refusal for programs: an RFC 9457 problem, with the headers that go with its status."""

from collections.abc import Sequence

from django.conf import settings
from django.http import HttpResponse, JsonResponse

from porch.kit.refusals import Refusal

API = "/api/v1/"
# Seconds after which one may ask again where the server is at its limit.
BUSY_SECONDS = 5


def problem(refusal: Refusal, *, errors: Sequence[dict[str, str]] = ()) -> HttpResponse:
    """Answer with a problem. ``errors`` name what does not fit: ``field`` is the way to it, ``text`` says why."""
    said: dict[str, object] = {
        "type": f"{settings.PORCH_URL}{API}#{refusal.kind}",
        "title": refusal.title,
        "status": refusal.status,
        "code": refusal.kind,
    }
    if refusal.advice:
        said["detail"] = refusal.advice
    if errors:
        said["errors"] = list(errors)
    answer = JsonResponse(said, status=refusal.status, content_type="application/problem+json")
    for name, value in headers_of(refusal).items():
        answer.headers[name] = value
    return answer


def headers_of(refusal: Refusal) -> dict[str, str]:
    """Give the headers that a status asks for: how to prove who asks, and when to come again."""
    headers: dict[str, str] = {}
    challenge = getattr(refusal, "challenge", "")
    if challenge:
        headers["WWW-Authenticate"] = challenge % refusal.values
    if refusal.status == 429:
        seconds = refusal.values.get("seconds")
        headers["Retry-After"] = str(seconds if isinstance(seconds, int) else 60)
    elif refusal.status == 503:
        headers["Retry-After"] = str(BUSY_SECONDS)
    return headers
