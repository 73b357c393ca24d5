"""`porch check`, `porch doctor` and `porch settings`: what they find, and how a program reads it."""

import json
from pathlib import Path

from tests.web.cli.conftest import Run


def test_check_finds_a_database_that_is_behind(porch_anew: Run) -> None:
    done = porch_anew("check")
    assert done.returncode == 1
    assert "porch manage migrate" in done.stdout


def test_check_is_content_with_a_house_that_has_been_prepared(porch: Run) -> None:
    porch("owner-link")
    done = porch("check", "--json")
    assert done.returncode == 0, done.stdout
    assert json.loads(done.stdout) == {"ok": True, "findings": []}


def test_check_says_so_where_the_database_is_out_of_reach(porch: Run) -> None:
    done = porch("check", "--json", database="postgres://porch@127.0.0.1:1/porch?connect_timeout=2")
    assert done.returncode == 1
    assert "the database cannot be used" in json.loads(done.stdout)["findings"][0]


def test_doctor_is_content_with_a_house_that_has_been_prepared(porch: Run) -> None:
    porch("owner-link")
    done = porch("doctor", "--json")
    assert done.returncode == 0, done.stdout
    report = json.loads(done.stdout)
    assert report["ok"] is True
    assert {each["what"] for each in report["findings"]} >= {"data", "disk", "database", "address", "python"}
    assert all(each["advice"] for each in report["findings"] if each["state"] != "good")


def test_doctor_finds_a_key_that_others_may_read(porch: Run, tmp_path: Path) -> None:
    porch("owner-link")
    (tmp_path / "data" / "secret.key").chmod(0o644)
    done = porch("doctor")
    assert done.returncode == 1
    assert "✗ data: others may read secret.key" in done.stdout
    assert "chmod 600" in done.stdout


def test_doctor_finds_an_open_address_without_encryption(porch: Run) -> None:
    porch("owner-link")
    done = porch("doctor", url="http://porch.example")
    assert done.returncode == 1
    assert "not encrypted" in done.stdout


def test_settings_shows_every_name_and_no_password(porch: Run) -> None:
    done = porch("settings", database="postgres://porch:verysecret@127.0.0.1/porch")
    assert done.returncode == 0
    assert "PORCH_DATABASE" in done.stdout
    assert "How many pages are made at once." in done.stdout
    assert "verysecret" not in done.stdout + porch("settings", "--json").stdout
    assert json.loads(porch("settings", "--json").stdout)["threads"] == 4


LEAP = (
    "from porch.engine.models import ClockJump as J; from porch.kit.time import now; "
    "J.objects.create(noticed_at=now(), expected_at=now(), seconds=90_000, within_boot=True)"
)


def test_doctor_finds_a_clock_that_leapt(porch: Run) -> None:
    porch("owner-link")
    porch("manage", "shell", "-v0", "-c", LEAP)
    done = porch("doctor")
    assert done.returncode == 1
    assert "✗ jumps: it leapt forward" in done.stdout
    assert "/desk/engine/clock/" in done.stdout
