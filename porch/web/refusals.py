"""One place that turns a refusal into an answer: a page for people, an RFC 9457 problem for programs."""

import errno
import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.db import DatabaseError, OperationalError
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotAllowed,
)
from django.http.multipartparser import MultiPartParserError
from django.http.request import RawPostDataException
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from porch.kit.ids import reference
from porch.kit.refusals import NotAllowed, NotFound, Refusal
from porch.web.problems import API, problem

log = logging.getLogger("porch.errors")

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS)


class Malformed(Refusal):
    status = 400
    text = _("This request cannot be understood.")
    hint = _("Go back and try again. If a program sent it, its request does not follow HTTP.")


class NoSuchMethod(Refusal):
    status = 405
    text = _("That cannot be asked of a page.")
    hint = _("Porch answers GET, HEAD, POST, PUT, PATCH, DELETE and OPTIONS.")


class SlashAtTheEnd(NotFound):
    """To programs it is the same: there is nothing here."""

    hint = _("Addresses of the API have no slash at the end. This one is %(path)s.")

    @property
    def kind(self) -> str:
        return "not-found"


class OtherMethod(Refusal):
    status = 405
    text = _("Nothing is to be seen at this address.")
    hint = _("A form leads here. Go back to where it stands, and send it from there. (It takes %(methods)s.)")


class TooLarge(Refusal):
    status = 413
    text = _("That is more than fits through the door.")
    hint = _("Send a smaller file, or ask whoever runs this Porch to raise PORCH_UPLOAD_MB.")


class FormTooLarge(TooLarge):
    text = _("That is more text than a form can hold.")
    hint = _("Nothing was kept here. Go back, where it should still stand, and send it in parts.")


class BodyTooLarge(TooLarge):
    text = _("That is more than a request to the API can hold.")
    hint = _("Send at most 1 MB, in parts where there is more.")


class TooSlow(Refusal):
    status = 408
    text = _("The upload stopped half-way.")
    hint = _("Nothing was kept. Try again when the connection is better.")


class DiskWillNotWrite(Refusal):
    status = 507
    text = _("Porch cannot write to its disk just now.")
    hint = _(
        "Nothing was changed. Whoever runs this Porch has to make room, or make the disk writable: "
        "`porch doctor` says which."
    )


class DatabaseIsBusy(Refusal):
    status = 503
    text = _("Too much is being written just now.")
    hint = _("Nothing was changed. Wait a moment, go back, and send it again.")


class DatabaseIsGone(Refusal):
    """SQLite goes on with a file that was removed, and what it is told then is lost."""

    status = 503
    text = _("The database file is gone.")
    hint = _(
        "Nothing was changed. Whoever runs this Porch has to put the file back, or start it with another."
    )


class TooManyUploads(Refusal):
    status = 503
    text = _("Too much is being sent here just now.")
    hint = _("Nothing was kept. Wait a moment, go back, and send it again.")


class SessionWasEnded(Refusal):
    status = 409
    text = _("You were signed out while this was under way.")
    hint = _("Sign in again, and look whether it was done before you repeat it.")


class FormIsStale(NotAllowed):
    text = _("This form is too old, or came from elsewhere.")
    hint = _("Go back, load the page again, and send it once more. Nothing was changed.")


class SomethingBroke(Refusal):
    status = 500
    text = _("Something broke on our side.")
    hint = _("Nothing you did is lost, as far as we know. If you tell us, name this: %(reference)s")


FROM_FRONT: dict[str, type[Refusal]] = {
    "malformed": Malformed,
    "no-such-method": NoSuchMethod,
    "too-large": TooLarge,
    "too-slow": TooSlow,
    "disk": DiskWillNotWrite,
    "no-room": TooManyUploads,
    "database-gone": DatabaseIsGone,
}
EXPECTED: list[tuple[type[Exception], type[Refusal]]] = [
    (Http404, NotFound),
    (PermissionDenied, NotAllowed),
    (RequestDataTooBig, FormTooLarge),
    (TooManyFieldsSent, TooLarge),
    (TooManyFilesSent, TooLarge),
    (SuspiciousOperation, Malformed),
    (SessionInterrupted, SessionWasEnded),
    (MultiPartParserError, Malformed),
    (RawPostDataException, Malformed),
]


def answer_refusals(get_response: Callable[[HttpRequest], HttpResponse]) -> Any:
    """Catch what a view refuses, and what it did not expect, before Django does."""

    def middleware(request: HttpRequest) -> HttpResponse:
        word = request.META.get("porch.refusal")
        if word is not None:
            return answer(request, told_by_front(request, word))
        response = get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            page = answer(request, OtherMethod(methods=response.headers["Allow"]))
            page.headers["Allow"] = response.headers["Allow"]
            return page
        return response

    middleware.process_exception = lambda request, error: answer(request, as_refusal(request, error))  # type: ignore[attr-defined]
    return middleware


def told_by_front(request: HttpRequest, word: str) -> Refusal:
    """Give the refusal that the front left word of; the API takes less than a form does."""
    is_body = word == "too-large" and request.path.startswith("/api/")
    return BodyTooLarge() if is_body else FROM_FRONT[word]()


def as_refusal(request: HttpRequest, error: Exception) -> Refusal:
    """Find the refusal that an exception amounts to; what nobody expected gets a reference and a log entry."""
    if isinstance(error, Refusal):
        return error
    if is_disk_trouble(error):
        log.error("the disk will not write: %s", error)
        return DiskWillNotWrite()
    if isinstance(error, OperationalError) and "database is locked" in str(error):
        log.warning("the database stayed locked: %s waited in vain", request.method)
        return DatabaseIsBusy()
    for kind, refusal in EXPECTED:
        if isinstance(error, kind):
            return refusal()
    code = reference()
    where = request.resolver_match.view_name if request.resolver_match else "?"
    log.error(
        "unexpected error %s in %s %s", code, request.method, where, exc_info=error, extra={"reference": code}
    )
    return SomethingBroke(reference=code)


def is_disk_trouble(error: Exception) -> bool:
    """Tell a full or read-only disk from other errors: by number from the system, by words from SQLite."""
    if isinstance(error, OSError):
        return error.errno in FULL
    words = (
        "database or disk is full",
        "readonly database",
        "disk i/o error",
        "no space left",
        "unable to open database",
    )
    return isinstance(error, DatabaseError) and any(each in str(error).lower() for each in words)


def answer(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Say no in the language of whoever asked. The status is the same either way."""
    if wants_json(request):
        return problem(refusal)
    request.user = who_asks(request)
    phrase = HTTPStatus(refusal.status).phrase
    shown = {"refusal": refusal, "phrase": phrase, "written": what_was_written(request)}
    return render(request, "refusal.html", shown, status=refusal.status)


def what_was_written(request: HttpRequest) -> list[str]:
    """Give back the long texts of a form that was refused, so that nothing is lost by a late answer.

    Only of forms on our own pages: nobody else gets to put words on one.
    """
    if request.method != "POST" or request.headers.get("Sec-Fetch-Site") != "same-origin":
        return []
    try:
        texts = [str(text) for text in request.POST.values()]
    except Exception:  # the form itself may be what was wrong
        return []
    return [text for text in texts if len(text) > 100 or "\n" in text.strip()]


def who_asks(request: HttpRequest) -> Any:
    """Find out who asks, if that can still be found out: the request may have failed before, or because of that."""
    try:
        return request.user if request.user.is_authenticated else AnonymousUser()
    except (AttributeError, DatabaseError):
        return AnonymousUser()


def wants_json(request: HttpRequest) -> bool:
    """Tell programs from people, by the address and by what they accept."""
    if request.path.startswith("/api/"):
        return True
    return request.get_preferred_type(["text/html", "application/json", "application/problem+json"]) not in (
        "text/html",
        None,
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    return answer(request, FormIsStale())


def not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """Say that there is nothing here, and to programs where it is that they meant."""
    meant = request.path.rstrip("/")
    if request.path.startswith(API) and meant != request.path and is_address(meant):
        return answer(request, SlashAtTheEnd(path=meant))
    return answer(request, NotFound())


def is_address(path: str) -> bool:
    """Say whether something is served at a path."""
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    return answer(request, as_refusal(request, exception))


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    return answer(request, NotAllowed())


def broken(request: HttpRequest) -> HttpResponseBase:
    """Answer for an error outside of every view, a middleware's say."""
    code = reference()
    log.error("unexpected error %s outside of a view", code, exc_info=True, extra={"reference": code})
    refusal = SomethingBroke(reference=code)
    try:
        return answer(request, refusal)
    except Exception:
        # Where even the page for errors breaks, plain words remain.
        return HttpResponse(str(refusal), status=500, content_type="text/plain; charset=utf-8")
