"""When somebody was last here: known to ten minutes, and never written by a page."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from porch.kit.time import now
from porch.people.sessions import jobs
from porch.people.sessions.actions import tidy_sessions, write_seen
from porch.people.sessions.models import Session
from porch.people.sessions.rules import UNSEEN_LIFE, WHOLE_LIFE
from porch.people.sessions.seen import take_all
from porch.people.sessions.store import SessionStore
from tests.people.sessions.test_store import row_of
from tests.village import Village, browser


@pytest.fixture(autouse=True)
def _nobody_seen_yet() -> None:
    take_all()


def move(days: float = 0, minutes: float = 0) -> None:
    """Let all sessions have been begun and seen that long ago."""
    at = now() - timedelta(days=days, minutes=minutes)
    Session.objects.update(begun_at=at, seen_at=at, ends_at=at + UNSEEN_LIFE)


def test_a_visit_is_written_later_and_once(ben: Client) -> None:
    move(days=3)
    with CaptureQueriesContext(connection) as caught:
        ben.get("/inside/")
        ben.get("/inside/")
    assert not [each for each in caught if each["sql"].startswith(("UPDATE", "INSERT", "BEGIN", "SAVEPOINT"))]
    assert jobs.write_what_was_seen() == 1
    row = row_of(ben)
    assert now() - row.seen_at < timedelta(minutes=1)
    assert row.ends_at == row.seen_at + UNSEEN_LIFE
    ben.get("/inside/")
    assert jobs.write_what_was_seen() == 0


def test_ten_minutes_are_not_told_apart(ben: Client) -> None:
    move(minutes=9)
    ben.get("/inside/")
    assert jobs.write_what_was_seen() == 0


def test_visits_do_not_make_it_last_for_ever(ben: Client) -> None:
    begun_at = now() - timedelta(days=170)
    seen_at = now() - timedelta(days=1)
    Session.objects.update(begun_at=begun_at, seen_at=seen_at, ends_at=begun_at + WHOLE_LIFE)
    ben.get("/inside/")
    jobs.write_what_was_seen()
    assert row_of(ben).ends_at == begun_at + WHOLE_LIFE


def test_a_visit_does_not_bring_back_what_was_ended_meanwhile(ben: Client) -> None:
    move(days=3)
    ben.get("/inside/")
    Session.objects.all().delete()
    assert jobs.write_what_was_seen() == 0
    assert not Session.objects.exists()


def test_what_cannot_be_written_waits(ben: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    move(days=3)
    ben.get("/inside/")

    def locked(_: object) -> int:
        raise DatabaseError("database is locked")

    monkeypatch.setattr(jobs, "write_seen", locked)
    with pytest.raises(DatabaseError):
        jobs.write_what_was_seen()
    monkeypatch.setattr(jobs, "write_seen", write_seen)
    assert jobs.write_what_was_seen() == 1


def test_strangers_are_not_noted(db: None) -> None:
    stranger = SessionStore()
    stranger["half-way"] = "code"
    stranger.save()
    Session.objects.update(seen_at=now() - timedelta(minutes=50), ends_at=now() + timedelta(minutes=10))
    assert SessionStore(stranger.session_key)["half-way"] == "code"
    assert take_all() == {}


def test_a_clock_set_back_by_a_year_is_mended_by_the_next_visit(ben: Client) -> None:
    move(days=-365)
    assert ben.get("/inside/").status_code == 200
    jobs.write_what_was_seen()
    row = row_of(ben)
    assert row.begun_at <= row.seen_at <= now()
    assert row.ends_at <= now() + UNSEEN_LIFE


def test_and_by_tidying_where_nobody_comes(ben: Client) -> None:
    move(days=-365)
    at = now()
    tidy_sessions(at=at)
    row = row_of(ben)
    assert (row.begun_at, row.seen_at, row.ends_at) == (at, at, at + UNSEEN_LIFE)


def test_tidying_deletes_what_is_over_and_nothing_else(village: Village) -> None:
    old = browser(village.ben)
    move(days=31)
    new = browser(village.ben)
    assert jobs.prune_sessions(now()) == 1
    assert [client.get("/inside/").status_code for client in (old, new)] == [302, 200]
