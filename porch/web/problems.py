"""A refusal for programs: an RFC 9457 problem, with the headers that go with its status."""

import json
from collections.abc import Mapping, Sequence

from django.conf import settings
from django.http import HttpResponse, JsonResponse

from porch.kit.refusals import Refusal
from porch.web.server.asgi import Header
from porch.web.server.wsgi import Answer

API = "/api/v1/"
# Where programs send JSON and no files, and where what they read is counted in the database.
OF_PROGRAMS = b"/api/"
API_BYTES = 1_000_000
PROBLEM = "application/problem+json"
# Seconds after which one may ask again where the server is at its limit.
BUSY_SECONDS = 5


def problem(
    refusal: Refusal, *, errors: Sequence[dict[str, str]] = (), current: Mapping[str, object] | None = None
) -> HttpResponse:
    """Answer with a problem. ``errors`` name what does not fit: ``field`` is the way to it, ``text`` says why.

    ``current`` is what stands there now, where that was changed meanwhile.
    """
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
    if current is not None:
        said["current"] = dict(current)
    answer = JsonResponse(said, status=refusal.status, content_type=PROBLEM)
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


def in_few_words(is_api: bool, status: int, text: str) -> Answer:
    """Answer where Django cannot: programs with a problem, and everyone else in plain words."""
    kind, body = "text/plain; charset=utf-8", f"{text}\n"
    if is_api:
        kind = PROBLEM
        body = json.dumps({"type": "about:blank", "title": text, "status": status, "code": "unavailable"})
    again: list[Header] = [(b"retry-after", b"%d" % BUSY_SECONDS)] if status == 503 else []
    return Answer(status, [(b"content-type", kind.encode()), *again], body.encode())
