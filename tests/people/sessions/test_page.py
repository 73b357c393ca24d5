"""The page on which one sees where one is signed in."""

import re

import pytest
from django.test import Client

from porch.people.sessions.models import Session
from tests.people.sessions.test_store import FIREFOX, row_of
from tests.village import Village, browser

PAGE, ENDINGS = "/account/sessions/", "/account/sessions/endings/"


def test_with_one_session_it_says_so(ben: Client) -> None:
    page = ben.get(PAGE).text
    assert "Only this one" in page
    assert "End all others" not in page


def test_mine_are_listed_with_this_one_marked_and_nobody_else_s(village: Village) -> None:
    here, there, ada = browser(village.ben), browser(village.ben), browser(village.ada)
    page = here.get(PAGE).text
    assert page.count("This one") == 1
    assert re.findall(r'name="which" value="(\w+)"', page) == [str(row_of(there).pk), "others"]
    assert str(row_of(ada).digest) not in page
    assert row_of(here).digest not in page


def test_one_is_ended_and_the_page_says_so_once(village: Village) -> None:
    here, there = browser(village.ben), browser(village.ben)
    answer = here.post(ENDINGS, {"which": row_of(there).pk}, follow=True)
    assert "Done." in answer.text
    assert "Done." not in here.get(PAGE).text, "a reload does not say it again"
    assert there.get(PAGE).status_code == 302


def test_all_others_are_ended(village: Village) -> None:
    here, *others = (browser(village.ben) for _ in range(4))
    here.post(ENDINGS, {"which": "others"})
    assert here.get(PAGE).status_code == 200
    assert {each.get(PAGE).status_code for each in others} == {302}


@pytest.mark.parametrize("which", ["", "0", "-1", "x", "٣", "9" * 30, "1 OR 1=1"])
def test_what_names_no_session_of_mine_ends_none(which: str, village: Village) -> None:
    ben, dov = browser(village.ben), browser(village.dov)
    assert ben.post(ENDINGS, {"which": which}).status_code == 404
    assert ben.post(ENDINGS, {"which": row_of(dov).pk}).status_code == 404
    assert Session.objects.count() == 2


def test_a_form_from_elsewhere_ends_nothing(village: Village) -> None:
    here, there = browser(village.ben, enforce_csrf_checks=True), browser(village.ben)
    here.post(ENDINGS, {"which": "others"})
    assert there.get(PAGE).status_code == 200


def test_a_stranger_sees_and_ends_nothing(village: Village, ben: Client) -> None:
    stranger = browser()
    assert stranger.get(PAGE).status_code == 302
    assert stranger.post(ENDINGS, {"which": row_of(ben).pk}).status_code == 403
    assert ben.get(PAGE).status_code == 200


def test_it_names_the_browser(village: Village) -> None:
    ben = browser()
    ben.force_login(village.ben)
    Session.objects.update(browser="Firefox", system="Windows", way="passkey")
    page = ben.get(PAGE, headers={"user-agent": FIREFOX}).text
    assert "Firefox on Windows" in page
    assert "Signed in by a passkey" in page
