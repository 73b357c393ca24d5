import threading
from datetime import timedelta

import pytest
from django.db import connection

from porch.people.identity.actions import appoint_owner
from porch.people.sign_in.codes import (
    CONFIRM,
    LIFE,
    SIGN_IN,
    TRIES,
    CodeIsSpent,
    CodeIsWrong,
    issue_code,
    spend_code,
)
from porch.people.sign_in.models import MailedCode
from tests.village import NOON, Village

SECOND = timedelta(seconds=1)
ADDRESS = "ben@example.org"


def issue(village: Village, purpose: str = SIGN_IN):  # type: ignore[no-untyped-def]
    return issue_code(purpose=purpose, person=village.ben, address=ADDRESS, at=NOON)


def spend(issued, code: str = "", *, purpose: str = SIGN_IN, at=NOON):  # type: ignore[no-untyped-def]
    return spend_code(purpose=purpose, ticket=issued.ticket, code=code or issued.code, at=at)


def test_a_code_gives_whose_it_is(village: Village) -> None:
    spent = spend(issue(village))
    assert (spent.person_id, spent.address) == (village.ben.pk, ADDRESS)


def test_small_letters_and_spaces_do_not_matter(village: Village) -> None:
    issued = issue(village)
    assert spend(issued, f" {issued.code.lower().replace('-', ' ')} ").person_id == village.ben.pk


def test_a_code_works_once(village: Village) -> None:
    issued = issue(village)
    spend(issued)
    with pytest.raises(CodeIsSpent):
        spend(issued)


@pytest.mark.parametrize("at", [NOON + LIFE, NOON - SECOND])
def test_a_code_that_is_over_or_not_yet_made_is_spent(village: Village, at: object) -> None:
    issued = issue(village)
    with pytest.raises(CodeIsSpent):
        spend(issued, at=at)


def test_a_code_works_to_the_last_second(village: Village) -> None:
    assert spend(issue(village), at=NOON + LIFE - SECOND)


def test_a_code_for_one_thing_does_not_do_another(village: Village) -> None:
    with pytest.raises(CodeIsSpent):
        spend(issue(village), purpose=CONFIRM)


def test_a_code_fits_only_the_browser_that_asked(village: Village) -> None:
    mine, yours = issue(village), issue(village)
    with pytest.raises(CodeIsWrong):
        spend(yours, mine.code)


@pytest.mark.parametrize("code", ["", " ", "-", "x" * 10_000, "ÄÖÜ", "\x00", "' OR 1=1"])
def test_a_guess_is_wrong_and_counted(village: Village, code: str) -> None:
    issued = issue(village)
    with pytest.raises(CodeIsWrong) as refused:
        spend_code(purpose=SIGN_IN, ticket=issued.ticket, code=code, at=NOON)
    assert refused.value.values["left"] == TRIES - 1


def test_after_five_guesses_the_right_code_is_spent_too(village: Village) -> None:
    issued = issue(village)
    for _ in range(TRIES - 1):
        with pytest.raises(CodeIsWrong):
            spend(issued, "WRONG")
    for code in ("WRONG", issued.code):
        with pytest.raises(CodeIsSpent):
            spend(issued, code)


def test_a_code_of_nobody_looks_the_same_and_fits_nothing(village: Village) -> None:
    issued = issue_code(purpose=SIGN_IN, person=None, address="nobody@example.org", at=NOON)
    for left in range(TRIES - 1, 0, -1):
        with pytest.raises(CodeIsWrong) as refused:
            spend(issued)
        assert refused.value.values["left"] == left
    with pytest.raises(CodeIsSpent):
        spend(issued)


def test_neither_code_nor_ticket_nor_a_stranger_s_address_is_kept(village: Village) -> None:
    mine = issue(village)
    theirs = issue_code(purpose=SIGN_IN, person=None, address="nobody@example.org", at=NOON)
    kept = str(list(MailedCode.objects.values()))
    for secret in (mine.code, mine.ticket, theirs.code, theirs.ticket, "nobody@example.org"):
        assert secret not in kept


def test_issuing_clears_away_what_is_over(village: Village) -> None:
    issue(village)
    issue_code(purpose=SIGN_IN, person=village.ben, address=ADDRESS, at=NOON + LIFE)
    assert MailedCode.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_twenty_guesses_at_once_are_counted_as_twenty() -> None:
    """The session would count them as one: each request reads it before another has written it."""
    owner = appoint_owner(at=NOON)
    issued = issue_code(purpose=SIGN_IN, person=owner, address=ADDRESS, at=NOON)
    answers = at_once(20, lambda: spend(issued, "WRONG"))
    assert answers.count(CodeIsWrong) == TRIES - 1
    assert answers.count(CodeIsSpent) == 20 - TRIES + 1


@pytest.mark.django_db(transaction=True)
def test_of_eight_with_the_right_code_one_gets_in() -> None:
    owner = appoint_owner(at=NOON)
    issued = issue_code(purpose=SIGN_IN, person=owner, address=ADDRESS, at=NOON)
    answers = at_once(8, lambda: spend(issued))
    assert sum(isinstance(each, MailedCode) for each in answers) == 1


def at_once(many: int, act) -> list[object]:  # type: ignore[no-untyped-def]
    """Do something in so many threads at once, and give what came of each."""
    start, came = threading.Barrier(many), []

    def go() -> None:
        start.wait()
        try:
            came.append(act())
        except (CodeIsWrong, CodeIsSpent) as refusal:
            came.append(type(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=go) for _ in range(many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came
