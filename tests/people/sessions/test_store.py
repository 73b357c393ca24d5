"""What the database keeps of a session, and what it does not let in."""

import threading
from datetime import timedelta

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.exceptions import SessionInterrupted
from django.db import connection
from django.test import Client

from porch.kit.ids import digest
from porch.kit.time import now
from porch.people.identity.actions import issue_sign_in_link
from porch.people.sessions.models import Session
from porch.people.sessions.rules import RECORDS, STRANGERS_LIFE, UNSEEN_LIFE, WHOLE_LIFE
from porch.people.sessions.store import SessionStore
from tests.village import Village, browser

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"


def key_of(client: Client) -> str:
    return str(client.cookies["porch"].value)


def row_of(client: Client) -> Session:
    return Session.objects.get(digest=digest(key_of(client)))


def test_the_key_is_not_in_the_database(ben: Client) -> None:
    with connection.cursor() as cursor:
        rows = str(cursor.execute("SELECT * FROM people_session") and cursor.fetchall())
    assert key_of(ben) not in rows
    assert digest(key_of(ben)) in rows


def test_a_digest_from_the_database_opens_nothing(ben: Client) -> None:
    stolen = browser()
    for cookie in (row_of(ben).digest, digest(row_of(ben).digest), str(row_of(ben).pk)):
        stolen.cookies["porch"] = cookie
        assert stolen.get("/inside/").status_code == 302
    assert ben.get("/inside/").status_code == 200


@pytest.mark.parametrize("key", ["x", "chosen-by-somebody-else", "ü" * 30, "0" * 64])
def test_a_key_that_we_did_not_give_is_never_taken_up(key: str, village: Village) -> None:
    victim = browser()
    victim.cookies["porch"] = key
    victim.post(f"/sign-in/link/{issue_sign_in_link(person=village.ben, at=now())}/")
    assert victim.get("/inside/").status_code == 200
    assert key_of(victim) != key
    assert not SessionStore(key).exists(key)


def test_signing_in_gives_a_stranger_s_session_another_key(village: Village) -> None:
    """Whoever put a key of theirs into somebody's browser beforehand gains nothing."""
    attackers = SessionStore()
    attackers["half-way"] = "code"
    attackers.save()
    victim = browser()
    victim.cookies["porch"] = attackers.session_key
    victim.post(f"/sign-in/link/{issue_sign_in_link(person=village.ben, at=now())}/")
    assert victim.get("/inside/").status_code == 200
    known = browser()
    known.cookies["porch"] = attackers.session_key
    assert known.get("/inside/").status_code == 302
    assert SessionStore(key_of(victim))["half-way"] == "code", "and what was begun goes on"


def test_a_stranger_s_session_lasts_an_hour_and_a_person_s_longer(village: Village, ben: Client) -> None:
    stranger = SessionStore()
    stranger["half-way"] = "code"
    stranger.save()
    mine, theirs = Session.objects.get(person=village.ben), Session.objects.get(person=None)
    assert theirs.ends_at - theirs.seen_at == STRANGERS_LIFE
    assert stranger.get_expiry_age() == STRANGERS_LIFE.total_seconds()
    assert mine.ends_at - mine.seen_at == UNSEEN_LIFE
    ben.post(f"/sign-in/link/{issue_sign_in_link(person=village.ben, at=now())}/")
    assert ben.cookies["porch"]["max-age"] == WHOLE_LIFE.total_seconds()


def test_it_says_how_and_in_what_somebody_signed_in_and_nothing_else(village: Village) -> None:
    client = browser()
    link = f"/sign-in/link/{issue_sign_in_link(person=village.ben, at=now())}/"
    client.post(link, headers={"user-agent": FIREFOX}, REMOTE_ADDR="203.0.113.9")
    row = row_of(client)
    assert (row.person, row.way, row.browser, row.system) == (village.ben, "link", "Firefox", "Windows")
    kept = str(Session.objects.values())
    assert "203.0.113.9" not in kept
    assert "Gecko" not in kept


@pytest.mark.parametrize(
    ("record", "way"),
    [
        ({"method": "code", "email": "ben@example.org"}, "code"),
        ({"method": "mfa", "type": "webauthn", "passwordless": True}, "passkey"),
        ({"method": "password"}, "password"),
        ({"method": "socialaccount", "provider": "x"}, "provider"),
        ({"method": "astrology"}, ""),
        ("not a record", ""),
    ],
)
def test_the_way_is_what_the_sign_in_recorded_last(record: object, way: str, ben: Client) -> None:
    session = ben.session
    session[RECORDS] = [{"method": "password"}, record]
    session.save()
    assert row_of(ben).way == way


def test_what_was_ended_is_not_written_back_by_a_request_under_way(ben: Client) -> None:
    under_way = SessionStore(key_of(ben))
    under_way["seen"] = 1
    Session.objects.all().delete()
    with pytest.raises(UpdateError):
        under_way.save()
    under_way = SessionStore(key_of(ben))
    assert SESSION_KEY not in under_way
    assert Session.objects.count() == 0


def test_nor_by_one_that_changes_its_key(ben: Client) -> None:
    under_way = SessionStore(key_of(ben))
    assert SESSION_KEY in under_way
    Session.objects.all().delete()
    with pytest.raises(SessionInterrupted):
        under_way.cycle_key()
    assert Session.objects.count() == 0


def test_a_new_key_keeps_the_session_and_its_age(ben: Client) -> None:
    before = row_of(ben)
    session = SessionStore(key_of(ben))
    session.cycle_key()
    session.save()
    after = Session.objects.get()
    assert (after.pk, after.begun_at) == (before.pk, before.begun_at)
    assert ben.get("/inside/").status_code == 302, "the old key opens nothing"
    ben.cookies["porch"] = session.session_key
    assert ben.get("/inside/").status_code == 200


@pytest.mark.parametrize(
    ("begun", "seen", "is_over"),
    [(0, 0, False), (29, 29, False), (31, 31, True), (179, 0, False), (181, 0, True), (-300, -300, False)],
    ids=["new", "unseen for long", "unseen for too long", "old", "too old", "of a clock that was set back"],
)
def test_it_ends_by_itself(begun: int, seen: int, is_over: bool, ben: Client) -> None:
    at = now()
    begun_at, seen_at = at - timedelta(days=begun), at - timedelta(days=seen)
    ends_at = min(seen_at + UNSEEN_LIFE, begun_at + WHOLE_LIFE)
    Session.objects.update(begun_at=begun_at, seen_at=seen_at, ends_at=ends_at)
    assert (ben.get("/inside/").status_code == 302) == is_over


def test_a_session_of_the_future_is_drawn_back_when_it_is_saved(ben: Client) -> None:
    ahead = now() + timedelta(days=300)
    Session.objects.update(begun_at=ahead, seen_at=ahead, ends_at=ahead + UNSEEN_LIFE)
    session = SessionStore(key_of(ben))
    session["more"] = 1
    session.save()
    row = row_of(ben)
    assert row.begun_at <= now()
    assert row.ends_at <= now() + UNSEEN_LIFE


@pytest.mark.django_db(transaction=True)
def test_of_requests_and_an_end_at_once_the_end_stays(village: Village) -> None:
    ben = browser(village.ben)
    key, start, trouble = key_of(ben), threading.Barrier(5), []

    def write() -> None:
        try:
            session = SessionStore(key)
            session["loaded"] = 1
            start.wait(5)
            for n in range(20):
                session["n"] = n
                session.save()
        except UpdateError:
            pass
        except Exception as error:
            trouble.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    start.wait(5)
    SessionStore(key).delete(key)
    for thread in threads:
        thread.join()
    assert trouble == []
    assert Session.objects.count() == 0
    assert ben.get("/inside/").status_code == 302
