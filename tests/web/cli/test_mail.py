"""``porch mail test``: what the server answered, in words, and what the doctor says of mail."""

import json
from pathlib import Path

import pytest

from tests.people.delivery.stage import mail_stage
from tests.porch_server import blank_database, blank_house

pytestmark = pytest.mark.slow


def test_it_says_what_the_server_answered_and_the_doctor_agrees(tmp_path: Path) -> None:
    with blank_database() as database, mail_stage() as stage:
        house = blank_house(tmp_path, database)
        house.run("owner-link")
        kept = house.run("mail", "test", "cleo@example.org", check=False)
        assert (kept.returncode, "was kept" in kept.stdout) == (1, True)
        assert "no server is set" in house.run("doctor", check=False).stdout

        house.environ["PORCH_MAIL_SERVER"] = stage.address.replace("//", "//porch:the-secret@")
        stage.manners.secrets = {"porch": "the-secret"}
        taken = house.run("mail", "test", "cleo@example.org", "--json")
        assert json.loads(taken.stdout)["state"] == "accepted"
        assert len(stage.got) == 1

        stage.manners.rcpt = "550 5.7.1 we do not know you"
        refused = house.run("mail", "test", "cleo@example.org", check=False)
        assert (refused.returncode, "we do not know you" in refused.stdout) == (1, True)
        assert house.run("mail", "test", "nobody", check=False).returncode == 2
        shown = house.run("settings").stdout + house.run("settings", "--json").stdout + refused.stderr
        assert "the-secret" not in shown + house.run("doctor", check=False).stdout
