import pytest
from allauth.mfa.models import Authenticator as Row

from porch.kit.time import now
from porch.people.sign_in.limits import TooManyTries
from porch.people.sign_in.second_step import (
    NothingToAskFor,
    StepIsWrong,
    ask_for_second_step,
    check_step,
    factors_of,
    make_recovery_codes,
    remove_factor,
    wants_second_step,
)
from tests.people.authenticator import Authenticator, add_passkey, show_passkey
from tests.people.hands import app_shows, give_app, is_in, let_time_pass, newest, sign_in
from tests.village import Village, browser

STEP = "/sign-in/second-step/"


def test_a_code_by_mail_is_not_enough_then(village: Village) -> None:
    factor, ben = give_app(village.ben), browser()
    assert sign_in(ben, "ben@example.org").headers["Location"] == STEP
    assert not is_in(ben)
    assert ben.post(STEP, {"code": "000000"}).status_code == 422
    assert not is_in(ben)
    assert ben.post(STEP, {"code": app_shows(factor)}).headers["Location"] == "/inside/"
    assert is_in(ben)


def test_nobody_takes_the_second_step_first(village: Village) -> None:
    factor = give_app(village.ben)
    assert browser().post(STEP, {"code": app_shows(factor)}).headers["Location"] == "/sign-in/"
    assert browser().post(STEP, {"ask": "options"}).headers["Location"] == "/sign-in/"


def test_a_code_of_the_app_works_once(village: Village) -> None:
    factor = give_app(village.ben)
    code = app_shows(factor)
    check_step(person=village.ben, code=code, at=now())
    for again in (code, f" {code[:3]} {code[3:]}"):
        with pytest.raises(StepIsWrong):
            check_step(person=village.ben, code=again, at=now())


def test_a_recovery_code_works_once_and_is_told(village: Village) -> None:
    give_app(village.ben)
    code = make_recovery_codes(person=village.ben)[3]
    ben, later = browser(), browser()
    sign_in(ben, "ben@example.org")
    assert ben.post(STEP, {"code": code}).status_code == 302
    assert "A recovery code was used" in newest()
    sign_in(later, "ben@example.org")
    assert later.post(STEP, {"code": code}).status_code == 422


def test_guesses_are_counted(village: Village) -> None:
    factor = give_app(village.ben)
    for _ in range(10):
        with pytest.raises(StepIsWrong):
            check_step(person=village.ben, code="000000", at=now())
    with pytest.raises(TooManyTries):
        check_step(person=village.ben, code=app_shows(factor), at=now())
    let_time_pass()
    assert check_step(person=village.ben, code=app_shows(factor), at=now()) == factor


def test_a_passkey_does_for_both(village: Village) -> None:
    ben, later = browser(village.ben), browser()
    key = add_passkey(ben)
    ask_for_second_step(person=village.ben, at=now())
    assert show_passkey(later, key).headers["Location"] == "/inside/"


def test_a_passkey_does_for_the_second(village: Village) -> None:
    key, later = add_passkey(browser(village.ben)), browser()
    ask_for_second_step(person=village.ben, at=now())
    assert sign_in(later, "ben@example.org").headers["Location"] == STEP
    assert show_passkey(later, Authenticator(handle=key.handle), STEP).status_code == 422
    assert show_passkey(later, key, STEP).headers["Location"] == "/inside/"


def test_another_s_passkey_does_not(village: Village) -> None:
    foreign, later = add_passkey(browser(village.ada)), browser()
    add_passkey(browser(village.ben))
    ask_for_second_step(person=village.ben, at=now())
    sign_in(later, "ben@example.org")
    assert show_passkey(later, foreign, STEP).status_code == 422


def test_a_passkey_alone_asks_for_no_second_step(village: Village) -> None:
    add_passkey(browser(village.ben))
    assert sign_in(browser(), "ben@example.org").headers["Location"] == "/inside/"


def test_shut_out_between_the_steps_is_out(village: Village) -> None:
    factor, ben = give_app(village.ben), browser()
    sign_in(ben, "ben@example.org")
    village.ben.is_active = False
    village.ben.save()
    assert ben.post(STEP, {"code": app_shows(factor)}).headers["Location"] == "/sign-in/"
    assert not is_in(ben)


def test_with_the_last_factor_the_second_step_ends(village: Village) -> None:
    factor = give_app(village.ben)
    assert wants_second_step(village.ben)
    remove_factor(person=village.ben, factor=factor)
    assert not wants_second_step(village.ben)
    assert factors_of(village.ben) == []


def test_who_has_nothing_cannot_be_asked(village: Village) -> None:
    with pytest.raises(NothingToAskFor):
        ask_for_second_step(person=village.ben, at=now())


def test_secrets_are_not_readable_in_the_database(village: Village) -> None:
    from tests.people.hands import SECRET

    give_app(village.ben)
    codes = make_recovery_codes(person=village.ben)
    kept = str(list(Row.objects.values()))
    assert SECRET not in kept
    assert not any(code in kept for code in codes)


def test_the_owner_link_needs_no_second_step(village: Village) -> None:
    from porch.people.identity.actions import issue_sign_in_link

    give_app(village.ada)
    ada = browser()
    ada.post(f"/sign-in/link/{issue_sign_in_link(person=village.ada, at=now())}/")
    assert is_in(ada)
