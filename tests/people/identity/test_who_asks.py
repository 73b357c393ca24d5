"""The quick way to the person of a session gives what Django's own way gives."""

import pytest
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, get_user
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from porch.kit.ids import digest
from porch.people.identity.who_asks import auth_hash, who_asks
from porch.people.sessions.models import Session
from porch.people.sessions.store import SessionStore
from tests.village import Village, browser


def request_of(key: str | None) -> HttpRequest:
    request = HttpRequest()
    request.session = SessionStore(key)
    return request


def key_of(person: object) -> str:
    return browser(person).cookies["porch"].value  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["ada", "ben", "dov"])
def test_it_finds_whom_django_finds(name: str, village: Village) -> None:
    person = village.cast()[name]
    key = key_of(person)
    ours, theirs = who_asks(request_of(key)), get_user(request_of(key))
    assert ours == theirs == person
    assert ours.is_operator == (name == "ada")
    for field in type(ours)._meta.concrete_fields:
        assert getattr(ours, field.attname) == getattr(theirs, field.attname)


def test_it_costs_one_query(village: Village, django_assert_num_queries: object) -> None:
    key = key_of(village.ben)
    who_asks(request_of(key))
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert who_asks(request_of(key)).name == "Ben"


@pytest.mark.parametrize("key", [None, "", "x", "0" * 32, "'; --"])
def test_no_session_is_a_stranger(key: str | None, db: None) -> None:
    assert who_asks(request_of(key)) == AnonymousUser()


def test_a_session_made_before_the_password_changed_is_over(village: Village) -> None:
    key = key_of(village.ben)
    village.ben.set_unusable_password()
    village.ben.save()
    assert who_asks(request_of(key)) == AnonymousUser()
    assert not Session.objects.filter(digest=digest(key)).exists()


def test_a_session_with_another_hash_is_over(village: Village) -> None:
    key = key_of(village.ben)
    for wrong in ("", "x", auth_hash(village.ada.password)):
        session = SessionStore(key)
        session[HASH_SESSION_KEY] = wrong
        session.save()
        assert who_asks(request_of(key)) == AnonymousUser()
        key = key_of(village.ben)


def test_a_session_of_a_backend_that_is_gone_is_a_stranger_s(village: Village) -> None:
    session = SessionStore(key_of(village.ben))
    session["_auth_user_backend"] = "porch.people.identity.gone.Backend"
    session.save()
    assert who_asks(request_of(session.session_key)) == AnonymousUser()


def test_the_session_says_whose_it_is_not_its_column(village: Village) -> None:
    """The two are written together; should they ever differ, nobody becomes somebody else by the column."""
    key = key_of(village.ben)
    Session.objects.filter(digest=digest(key)).update(person=village.ada)
    assert SessionStore(key)[SESSION_KEY] == str(village.ben.pk)
    assert who_asks(request_of(key)) == village.ben
