"""Our token is one that Django takes: made by us, checked by Django's own functions and by its middleware."""

import re

from django.middleware.csrf import (
    CSRF_ALLOWED_CHARS,
    CSRF_SECRET_LENGTH,
    _does_token_match,
    _unmask_cipher_token,
)
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from porch.web.forms import LETTERS, mask
from tests.village import Village, browser

secrets = st.text(CSRF_ALLOWED_CHARS, min_size=CSRF_SECRET_LENGTH, max_size=CSRF_SECRET_LENGTH)


@given(secrets)
def test_django_takes_off_the_mask(secret: str) -> None:
    token = mask(secret)
    assert _unmask_cipher_token(token) == secret
    assert _does_token_match(token, secret)


def test_no_two_masks_are_the_same_and_every_letter_comes_up() -> None:
    tokens = {mask("a" * CSRF_SECRET_LENGTH) for _ in range(500)}
    assert len(tokens) == 500
    assert set("".join(tokens)) == set(LETTERS)


def field(text: str) -> str:
    return re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text)[1]  # type: ignore[index]


def strict(village: Village) -> Client:
    return browser(village.ben, enforce_csrf_checks=True)


def test_a_form_of_ours_is_taken_and_any_other_refused(village: Village) -> None:
    ben = strict(village)
    token = field(ben.get("/inside/").text)
    for wrong in ("", "x", token[::-1], "a" * 64, "a" * 32):
        assert ben.post("/sign-out/", {"csrfmiddlewaretoken": wrong}).status_code == 403
    assert ben.get("/inside/").status_code == 200
    assert ben.post("/sign-out/", {"csrfmiddlewaretoken": token}).status_code == 302


def test_the_token_of_an_earlier_page_still_works(village: Village) -> None:
    ben = strict(village)
    first, second = field(ben.get("/inside/").text), field(ben.get("/inside/").text)
    assert first != second
    assert ben.post("/sign-out/", {"csrfmiddlewaretoken": first}).status_code == 302


def test_the_cookie_is_set_where_there_is_none_and_then_left_alone(village: Village) -> None:
    ben = strict(village)
    assert "porch-csrf" in ben.get("/inside/").cookies
    assert "porch-csrf" not in ben.get("/inside/").cookies


def test_a_cookie_that_is_no_secret_is_replaced(village: Village) -> None:
    ben = strict(village)
    ben.cookies["porch-csrf"] = "<script>"
    answer = ben.get("/inside/")
    assert answer.cookies["porch-csrf"].value != "<script>"
    assert ben.post("/sign-out/", {"csrfmiddlewaretoken": field(answer.text)}).status_code == 302


def test_a_page_without_a_form_sets_no_cookie(db: None) -> None:
    assert not browser().get("/").cookies
