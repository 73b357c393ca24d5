"""A refusal is a page for people and an RFC 9457 problem for programs; what nobody expected is calm and logged."""

import errno
import logging

import pytest
from django.contrib.sessions.exceptions import SessionInterrupted
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from porch.audience.articles import views
from porch.audience.articles.reads import NEWEST_ARTICLES
from porch.kit.refusals import Conflict, Refusal
from porch.people.sessions.middleware import SessionsMiddleware
from porch.people.sessions.models import Session
from porch.web import refusals
from porch.web.refusals import as_refusal
from tests.village import Village, browser

PROBLEM = {"Accept": "application/json"}


class Boom(Refusal):
    status = 409
    text = "It is %(what)s."
    hint = "Try <b>later</b>."


def test_a_page_says_what_and_what_to_do(db: None) -> None:
    answer = browser().get("/nothing/")
    assert answer.status_code == 404
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "There is nothing here" in answer.text


def test_a_program_gets_a_problem(db: None) -> None:
    answer = browser().get("/nothing/", headers=PROBLEM)
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == 404
    assert set(answer.json()) == {"type", "title", "status", "code", "detail"}


def test_the_api_always_speaks_json(db: None) -> None:
    assert browser().get("/api/v1/nothing/").headers["Content-Type"] == "application/problem+json"


def test_a_refusal_fills_in_its_values_and_nothing_in_it_is_markup(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        NEWEST_ARTICLES.__class__, "all", lambda self, **_: (_ for _ in ()).throw(Boom(what="<i>"))
    )
    answer = browser().get("/")
    assert answer.status_code == 409
    assert "It is &lt;i&gt;." in answer.text
    assert "<b>later</b>" not in answer.text


def test_the_kind_of_a_problem_is_its_name() -> None:
    assert Boom(what="").kind == "boom"
    assert Conflict().kind == "conflict"


def test_an_unexpected_error_is_a_calm_page_with_a_reference_that_stands_in_the_log(
    db: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(self: object, **_: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(NEWEST_ARTICLES.__class__, "all", fail)
    with caplog.at_level(logging.ERROR, "porch.errors"):
        answer = browser(None, raise_request_exception=False).get("/")
    (entry,) = (each for each in caplog.records if each.name == "porch.errors")
    assert answer.status_code == 500
    assert entry.reference in answer.text  # type: ignore[attr-defined]
    assert "secret detail" not in answer.text
    assert "ZeroDivisionError" in caplog.text


def test_even_broken_templates_leave_plain_words(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(refusals, "render", fail)
    monkeypatch.setattr(views, "render", fail)
    answer = browser(None, raise_request_exception=False).get("/")
    assert answer.status_code == 500
    assert answer.text.startswith("Something broke on our side.")


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        OSError(errno.EROFS, "Read-only file system"),
        OperationalError("database or disk is full"),
        OperationalError("attempt to write a readonly database"),
        OperationalError("disk I/O error"),
    ],
)
def test_a_disk_that_will_not_write_is_said_clearly(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    refusal = refusals.as_refusal(RequestFactory().get("/"), error)
    assert refusal.status == 507
    assert "porch doctor" in refusal.advice
    assert "the disk will not write" in caplog.text


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own words")
def test_a_full_sqlite_file_is_said_clearly_and_changes_nothing(ada: Client) -> None:
    """SQLite itself says that it is full: the file may not grow by another page."""
    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
    try:
        answer = ada.post("/desk/articles/new/", {"title": "Long", "source": "x" * 90_000})
        assert answer.status_code == 507
        assert "cannot write to its disk" in answer.text
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 1073741823")
    assert ada.get("/articles/long/").status_code == 404
    assert ada.post("/desk/articles/new/", {"title": "Long", "source": "x"}).status_code == 302


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own words")
def test_a_read_only_sqlite_file_still_shows_its_pages(ada: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = ON")
    try:
        assert ada.get("/").status_code == 200
        assert ada.post("/desk/articles/new/", {"title": "One", "source": "x"}).status_code == 507
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA query_only = OFF")


def test_a_form_from_elsewhere_is_refused(db: None) -> None:
    answer = browser(None, enforce_csrf_checks=True).post("/sign-in/link/x/")
    assert answer.status_code == 403
    assert "load the page again" in answer.text


def test_a_wrong_method_is_refused(db: None) -> None:
    answer = browser().delete("/sign-in/link/x/")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD, POST"
    assert "It takes GET, HEAD, POST" in answer.text


def test_who_was_signed_out_while_a_request_was_under_way_is_told_so(village: Village) -> None:
    """A view that writes to a session which another request has ended meanwhile."""

    def view(request: HttpRequest) -> HttpResponse:
        request.session["n"] = 1
        Session.objects.all().delete()
        return HttpResponse("done")

    request = RequestFactory().post("/", headers={"host": "localhost:8000"})
    request.COOKIES["porch"] = browser(village.ben).cookies["porch"].value
    with pytest.raises(SessionInterrupted) as caught:
        SessionsMiddleware(view)(request)
    refusal = as_refusal(request, caught.value)
    assert (refusal.status, refusal.kind) == (409, "session-was-ended")
