import re

import pytest
from django.test import Client

from porch.people.identity.addresses import give_address
from porch.people.sessions.models import Session
from porch.people.sign_in import limits
from tests.people.hands import (
    ask,
    code_in_mail,
    is_in,
    let_time_pass,
    letters,
    newest,
    sign_in,
    throw_letters_away,
    type_code,
)
from tests.people.mails import html_of
from tests.village import Village, add_person, browser


def body(client: Client) -> str:
    """Give a page without what differs from one request to the next."""
    text = client.get("/sign-in/code/").text
    return re.sub(r'nonce="[^"]+"|value="[A-Za-z0-9]{64}"|[a-z]+@example\.org', "", text)


def test_ben_comes_in_by_a_code(village: Village) -> None:
    ben = browser()
    answer = ask(ben, "ben@example.org")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/code/")
    assert letters()[-1].to_address == "ben@example.org"
    answer = type_code(ben, code_in_mail())
    assert answer.headers["Location"] == "/inside/"
    assert is_in(ben)


def test_somebody_who_is_no_member_begins_at_their_account(village: Village) -> None:
    assert sign_in(browser(), "dov@example.org").headers["Location"] == "/account/"


def test_a_stranger_s_address_gets_the_same_page_and_no_letter(village: Village) -> None:
    known, unknown = browser(), browser()
    one, other = ask(known, "ben@example.org"), ask(unknown, "nobody@example.org")
    assert (one.status_code, one.headers["Location"]) == (other.status_code, other.headers["Location"])
    assert body(known) == body(unknown)
    assert len(letters()) == 1
    for left in (4, 3, 2, 1):
        answers = [type_code(each, "WRONG") for each in (known, unknown)]
        assert [f"Tries left: {left}" in each.text for each in answers] == [True, True]
    assert [type_code(each, "WRONG").status_code for each in (known, unknown)] == [410, 410]


def test_a_stranger_s_address_is_counted_like_ben_s(village: Village) -> None:
    statuses = {}
    for address in ("ben@example.org", "nobody@example.org"):
        statuses[address] = [ask(browser(), address).status_code for _ in range(6)]
        let_time_pass()
    assert statuses["ben@example.org"] == statuses["nobody@example.org"] == [302] * 4 + [429] * 2
    assert len(letters()) == 4


@pytest.mark.parametrize("typed", ["BEN@example.org", " Ben@Example.ORG ", "ben@example.org."])
def test_case_and_spaces_do_not_matter(village: Village, typed: str) -> None:
    assert sign_in(browser(), typed).status_code == 302
    assert letters()[-1].to_address == "ben@example.org"


@pytest.mark.parametrize(
    "typed",
    ["", "ben", "@example.org", "b\u0435n@example.org", "ben@exa mple.org", "\u212aen@x.org", "a@b\n.org"],
)
def test_what_is_no_address_is_refused(village: Village, typed: str) -> None:
    assert ask(browser(), typed).status_code == 422
    assert letters() == []


def test_a_domain_in_other_letters_is_one_address(village: Village) -> None:
    person = add_person("zoe")
    give_address(person=person, address="zoe@xn--bcher-kva.example")
    assert sign_in(browser(), "Zoe@BÜCHER.example").status_code == 302


def test_the_code_is_of_no_use_in_another_browser(village: Village) -> None:
    ben, thief = browser(), browser()
    ask(ben, "ben@example.org")
    code = code_in_mail()
    assert type_code(thief, code).headers["Location"] == "/sign-in/"
    ask(thief, "ben@example.org")
    assert type_code(thief, code).status_code == 422
    assert not is_in(thief)


def test_a_code_does_not_work_again(village: Village) -> None:
    ben = browser()
    ask(ben, "ben@example.org")
    cookie, code = ben.cookies["porch"].value, code_in_mail()
    type_code(ben, code)
    again = browser()
    again.cookies["porch"] = cookie
    assert type_code(again, code).headers["Location"] == "/sign-in/"


def test_the_session_gets_a_new_key(village: Village) -> None:
    ben = browser()
    ask(ben, "ben@example.org")
    before = ben.cookies["porch"].value
    type_code(ben, code_in_mail())
    assert ben.cookies["porch"].value != before
    planted = browser()
    planted.cookies["porch"] = before
    assert not is_in(planted)


@pytest.mark.parametrize(
    "wanted", ["https://evil.example/", "//evil.example", "/\\evil", "javascript:alert(1)", "foo"]
)
def test_next_leads_nowhere_else(village: Village, wanted: str) -> None:
    ben = browser()
    ask(ben, "ben@example.org", next=wanted)
    assert type_code(ben, code_in_mail(), next=wanted).headers["Location"] == "/inside/"


def test_next_leads_to_the_page_that_was_wanted(village: Village) -> None:
    ben = browser()
    assert (
        ask(ben, "ben@example.org", next="/account/name/").headers["Location"]
        == "/sign-in/code/?next=%2Faccount%2Fname%2F"
    )
    assert type_code(ben, code_in_mail(), next="/account/name/").headers["Location"] == "/account/name/"


def test_somebody_shut_out_gets_no_letter_and_not_in(village: Village) -> None:
    ben = browser()
    ask(ben, "ben@example.org")
    village.ben.is_active = False
    village.ben.save()
    assert type_code(ben, code_in_mail()).status_code == 410
    assert not is_in(ben)
    throw_letters_away()
    ask(browser(), "ben@example.org")
    assert letters() == []


def test_guesses_in_many_browsers_are_counted_by_address(village: Village) -> None:
    allowed = 0
    for _ in range(20):
        client = browser()
        if ask(client, "ben@example.org").status_code != 302:
            break
        allowed += sum(type_code(client, "WRONG").status_code in (422, 410) for _ in range(5))
    assert allowed == 4 * 5


def test_whoever_locks_ben_s_codes_does_not_lock_his_other_ways(village: Village) -> None:
    for _ in range(10):
        ask(browser(), "ben@example.org")
    answer = ask(browser(), "ben@example.org")
    assert answer.status_code == 429
    assert "Try again in 15 min" in answer.text
    village.ben.set_password("a long enough one")
    village.ben.save()
    ben = browser()
    ben.post("/sign-in/password/", {"address": "ben@example.org", "password": "a long enough one"})
    assert is_in(ben)


def test_the_place_is_what_the_front_says_and_no_header(village: Village) -> None:
    for n in range(limits.LETTERS_FROM_PLACE.most):
        ask(browser(), f"a{n}@example.org")
    for forged in ("198.51.100.7", "127.0.0.1"):
        answer = browser().post(
            "/sign-in/", {"address": "x@example.org"}, headers={"x-forwarded-for": forged}
        )
        assert answer.status_code == 429
    assert (
        browser().post("/sign-in/", {"address": "x@example.org"}, REMOTE_ADDR="192.0.2.9").status_code == 302
    )


def test_looking_at_pages_sends_and_spends_nothing(village: Village) -> None:
    ben = browser()
    ask(ben, "ben@example.org")
    for _ in range(6):
        ben.get("/sign-in/code/")
        browser().get("/sign-in/")
    assert len(letters()) == 1
    assert type_code(ben, code_in_mail()).status_code == 302


def test_a_letter_says_who_asked_and_tells_the_code_inside_alone(village: Village) -> None:
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    browser().post("/sign-in/", {"address": "ben@example.org"}, headers={"user-agent": agent})
    letter = letters()[-1]
    assert "Firefox on Linux" in newest()
    assert code_in_mail() in html_of(letter)
    assert code_in_mail() not in letter.subject, "it is shown at the desk, and never wiped"
    assert letter.is_secret


def test_only_a_session_of_one_s_own_holds_the_ticket(village: Village) -> None:
    ask(browser(), "ben@example.org")
    assert Session.objects.get().person is None


def test_wrong_tries_of_others_do_not_shut_out_whoever_has_the_right_code(village: Village) -> None:
    ben = browser()
    for _ in range(2):
        stranger = browser(REMOTE_ADDR="203.0.113.9")
        ask(stranger, "ben@example.org")
        for _ in range(20):
            type_code(stranger, "WRONG")
    ask(ben, "ben@example.org")
    assert type_code(ben, code_in_mail()).headers["Location"] == "/inside/"
