import sys

import pytest
from click.testing import CliRunner
from django.test import Client

from porch.kit.time import now
from porch.people.account.steps import steps_taken, take_step
from porch.people.identity.actions import issue_sign_in_link
from porch.people.identity.addresses import give_address
from porch.web.backups import jobs
from porch.web.cli.backup import backup
from porch.web.desk.first_steps.steps import steps_of
from tests.community.invites.hands import link
from tests.people.authenticator import add_passkey
from tests.village import Village, browser


def test_the_owner_s_first_link_leads_to_the_first_steps(village: Village) -> None:
    ada = browser()
    answer = ada.post(f"/sign-in/link/{issue_sign_in_link(person=village.ada, at=now())}/")
    assert answer.headers["Location"] == "/desk/"
    assert "First steps" in ada.get("/desk/").text


def test_they_tick_themselves_off(village: Village, ada: Client) -> None:
    assert [step.is_done for step in steps_of(village.ada)] == [False] * 5
    add_passkey(ada)
    give_address(person=village.ada, address="ada@example.org")
    village.ada.refresh_from_db()
    assert [step.is_done for step in steps_of(village.ada)] == [True, True, False, False, False]
    for step in ("doctor", "backup", "doctor"):
        take_step(person=village.ada, step=step, at=now())
    assert [step.url for step in steps_of(village.ada) if not step.is_done] == ["invites"]
    link(village.ada)
    assert steps_of(village.ada) == []


def test_they_can_be_put_away(village: Village, ada: Client) -> None:
    ada.post("/desk/first-steps/dismissal/")
    assert "First steps" not in ada.get("/desk/").text
    link = issue_sign_in_link(person=village.ada, at=now())
    assert browser().post(f"/sign-in/link/{link}/").headers["Location"] == "/inside/"


def test_looking_at_the_doctor_and_asking_for_a_backup_tick_theirs(village: Village, ada: Client) -> None:
    page = ada.get("/desk/").text.partition("First steps")[2].partition("To do here")[0]
    assert 'href="/desk/doctor/"' in page
    assert 'href="/desk/backups/"' in page
    ada.get("/desk/backups/")
    assert steps_taken(village.ada) == set()
    ada.get("/desk/doctor/")
    assert steps_taken(village.ada) == {"doctor"}
    ada.post("/desk/backups/new/")
    assert steps_taken(village.ada) == {"doctor", "backup"}


def test_the_worker_s_own_backups_tick_nothing(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    typed: list[tuple[str, ...]] = []
    monkeypatch.setattr(jobs, "run", lambda *words: typed.append(words))
    jobs.back_up_nightly.func()
    jobs.back_up_now.func()
    assert all("--by-worker" in words for words in typed)
    cli = sys.modules["porch.web.cli.backup"]
    for name in ("make_backup", "check", "tell"):
        monkeypatch.setattr(cli, name, lambda *_given, **_more: None)
    for words in (["--by-worker"], []):
        assert steps_taken(village.ada) == set()
        assert CliRunner().invoke(backup, words).exit_code == 0
    assert steps_taken(village.ada) == {"backup"}
