import threading
from datetime import timedelta

import pytest
from django.db import connection

from porch.kit.time import now
from porch.people.identity.actions import (
    LINK_LIFE,
    LinkIsSpent,
    appoint_owner,
    issue_sign_in_link,
    redeem_sign_in_link,
)
from porch.people.identity.models import SignInLink
from tests.village import NOON, Village, browser

SECOND = timedelta(seconds=1)


def issue(village: Village) -> str:
    return issue_sign_in_link(person=village.ben, at=NOON)


def test_a_link_signs_in_the_person_it_was_made_for(village: Village) -> None:
    assert redeem_sign_in_link(token=issue(village), at=NOON) == village.ben


def test_a_link_works_once(village: Village) -> None:
    token = issue(village)
    redeem_sign_in_link(token=token, at=NOON)
    with pytest.raises(LinkIsSpent):
        redeem_sign_in_link(token=token, at=NOON)


def test_a_link_works_to_the_last_second(village: Village) -> None:
    assert redeem_sign_in_link(token=issue(village), at=NOON + LINK_LIFE - SECOND) == village.ben


def test_a_link_is_spent_when_its_hour_is_over(village: Village) -> None:
    with pytest.raises(LinkIsSpent):
        redeem_sign_in_link(token=issue(village), at=NOON + LINK_LIFE)


def test_a_clock_set_back_opens_no_link(village: Village) -> None:
    with pytest.raises(LinkIsSpent):
        redeem_sign_in_link(token=issue(village), at=NOON - SECOND)


@pytest.mark.parametrize("token", ["", "guess", "\udcff", "x" * 10_000, "' OR 1=1 --"])
def test_a_guess_is_refused(village: Village, token: str) -> None:
    issue(village)
    with pytest.raises(LinkIsSpent):
        redeem_sign_in_link(token=token, at=NOON)


def test_the_secret_is_not_in_the_database(village: Village) -> None:
    token = issue(village)
    assert token not in str(SignInLink.objects.values())


def test_somebody_shut_out_does_not_get_in_by_link(village: Village) -> None:
    token = issue(village)
    village.ben.is_active = False
    village.ben.save()
    with pytest.raises(LinkIsSpent):
        redeem_sign_in_link(token=token, at=NOON)


def test_issuing_clears_away_what_is_over(village: Village) -> None:
    issue(village)
    issue_sign_in_link(person=village.ben, at=NOON + LINK_LIFE)
    assert SignInLink.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_eight_at_once_one_gets_in() -> None:
    token = issue_sign_in_link(person=appoint_owner(at=NOON), at=NOON)
    start, got = threading.Barrier(8), []

    def try_it() -> None:
        start.wait()
        try:
            got.append(redeem_sign_in_link(token=token, at=NOON))
        except LinkIsSpent:
            got.append(None)
        finally:
            connection.close()

    threads = [threading.Thread(target=try_it) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 8
    assert sum(person is not None for person in got) == 1


def test_looking_at_a_link_does_not_spend_it(village: Village) -> None:
    from porch.kit.time import now

    token = issue_sign_in_link(person=village.ben, at=now())
    scanner, ben = browser(), browser()
    for _ in range(3):
        assert scanner.get(f"/sign-in/link/{token}/").status_code == 200
    assert ben.post(f"/sign-in/link/{token}/").status_code == 302
    assert ben.get("/inside/").status_code == 200


def test_a_spent_link_says_what_to_do(village: Village) -> None:
    answer = browser().post("/sign-in/link/nonsense/")
    assert answer.status_code == 410
    assert "Ask for a new one" in answer.text


def test_signing_in_leads_nowhere_else(village: Village) -> None:
    from porch.kit.time import now

    token = issue_sign_in_link(person=village.ben, at=now())
    answer = browser().post(f"/sign-in/link/{token}/?next=https://evil.example/")
    assert answer.headers["Location"] == "/inside/"


@pytest.mark.parametrize(
    "wanted", ["foo", "sign-out", "//evil.example", "https://evil.example/", "\\\\evil", "/\\evil"]
)
def test_where_to_go_next_is_a_page_of_ours_or_inside(village: Village, wanted: str) -> None:
    answer = browser().post(f"/sign-in/link/{issue_now(village)}/", query_params={"next": wanted})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/inside/")


def test_whoever_wanted_a_page_is_led_there(village: Village) -> None:
    answer = browser().post(
        f"/sign-in/link/{issue_now(village)}/", query_params={"next": "/desk/bridge/?x=1"}
    )
    assert answer.headers["Location"] == "/desk/bridge/?x=1"


def issue_now(village: Village) -> str:
    return issue_sign_in_link(person=village.ben, at=now())
