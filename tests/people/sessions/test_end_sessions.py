"""Ending sessions: one's own by oneself, somebody's by operators, everyone's from the command line."""

import pytest
from django.test import Client

from porch.engine.facts.pull import pull
from porch.kit.refusals import NotAllowed, NotFound
from porch.people.sessions.actions import end_every_session, end_session, end_sessions_of
from porch.people.sessions.models import Session
from porch.people.sessions.store import SessionStore
from tests.people.sessions.test_store import row_of
from tests.village import NOON, Village, browser


def ended() -> list[int]:
    return [fact.ids["session_id"] for fact in pull("community") if fact.kind == "SessionEnded"]


def is_in(client: Client) -> bool:
    return client.get("/account/sessions/").status_code == 200


def test_one_session_ends_and_the_other_goes_on(village: Village) -> None:
    here, there = browser(village.ben), browser(village.ben)
    gone = row_of(there).pk
    end_session(session_id=gone, by=village.ben, at=NOON)
    assert is_in(here)
    assert not is_in(there)
    assert ended() == [gone]


@pytest.mark.parametrize("who", ["ada", "dov"])
def test_nobody_ends_one_session_of_somebody_else_not_even_an_operator(who: str, village: Village) -> None:
    ben = browser(village.ben)
    with pytest.raises(NotFound):
        end_session(session_id=row_of(ben).pk, by=village.cast()[who], at=NOON)
    assert is_in(ben)


def test_all_others_end_and_this_one_stays(village: Village) -> None:
    here, there, ada = browser(village.ben), browser(village.ben), browser(village.ada)
    keep = row_of(here).pk
    assert end_sessions_of(person=village.ben, by=village.ben, at=NOON, keep=keep) == 1
    assert [is_in(each) for each in (here, there, ada)] == [True, False, True]


def test_an_operator_ends_all_of_a_person_s(village: Village, ben: Client) -> None:
    assert end_sessions_of(person=village.ben, by=village.ada, at=NOON) == 1
    assert not is_in(ben)


def test_nobody_else_does(village: Village, ada: Client) -> None:
    for by in (village.ben, village.dov):
        with pytest.raises(NotAllowed):
            end_sessions_of(person=village.ada, by=by, at=NOON)
    assert is_in(ada)
    assert ended() == []


def test_everyone_s_end_and_strangers_are_not_counted(village: Village, ben: Client, dov: Client) -> None:
    stranger = SessionStore()
    stranger["half-way"] = "code"
    stranger.save()
    assert end_every_session(at=NOON) == 2
    assert not Session.objects.exists()
    assert len(ended()) == 2


def test_signing_out_is_an_end_too(ben: Client) -> None:
    gone = row_of(ben).pk
    ben.post("/sign-out/")
    assert ended() == [gone]


def test_a_changed_password_ends_what_was_open_before(village: Village, ben: Client) -> None:
    gone = row_of(ben).pk
    village.ben.set_password("another")
    village.ben.save()
    assert not is_in(ben)
    assert ended() == [gone]


def test_the_fact_says_nothing_of_the_person(village: Village, ben: Client) -> None:
    ben.post("/sign-out/")
    (fact,) = pull("community")[-1:]
    assert list(fact.ids) == ["session_id"]
