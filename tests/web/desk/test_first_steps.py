from django.test import Client

from porch.kit.time import now
from porch.people.account.steps import take_step
from porch.people.identity.actions import issue_sign_in_link
from porch.people.identity.addresses import give_address
from porch.web.desk.first_steps.steps import steps_of
from tests.people.authenticator import add_passkey
from tests.village import Village, browser


def test_the_owner_s_first_link_leads_to_the_first_steps(village: Village) -> None:
    ada = browser()
    answer = ada.post(f"/sign-in/link/{issue_sign_in_link(person=village.ada, at=now())}/")
    assert answer.headers["Location"] == "/desk/"
    assert "First steps" in ada.get("/desk/").text


def test_they_tick_themselves_off(village: Village, ada: Client) -> None:
    assert [step.is_done for step in steps_of(village.ada)] == [False] * 4
    add_passkey(ada)
    give_address(person=village.ada, address="ada@example.org")
    village.ada.refresh_from_db()
    assert [step.is_done for step in steps_of(village.ada)] == [True, True, False, False]
    for step in ("doctor", "backup", "doctor"):
        take_step(person=village.ada, step=step, at=now())
    assert steps_of(village.ada) == []


def test_they_can_be_put_away(village: Village, ada: Client) -> None:
    ada.post("/desk/first-steps/dismissal/")
    assert "First steps" not in ada.get("/desk/").text
    link = issue_sign_in_link(person=village.ada, at=now())
    assert browser().post(f"/sign-in/link/{link}/").headers["Location"] == "/inside/"
