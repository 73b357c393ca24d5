"""Server and worker are killed while owners work: what was confirmed is there, once and whole.

``KILLS=100`` in the environment kills more often.
"""

import json
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.faults.load import Told, under_load
from tests.people.delivery.stage import MailStage, mail_stage
from tests.porch_server import PorchProcess, blank_database, blank_house, children_of

KILLS = int(os.environ.get("KILLS", "4"))
WAYS = ("all", "server", "worker")

pytestmark = pytest.mark.slow


@pytest.fixture
def stage() -> Iterator[MailStage]:
    with mail_stage(end_seconds=0.1) as running:
        yield running


@pytest.fixture
def house(tmp_path: Path, stage: MailStage) -> Iterator[PorchProcess]:
    with blank_database() as database:
        house = blank_house(tmp_path, database, mail_server=stage.address)
        house.start()
        try:
            yield house
        finally:
            house.stop(signal.SIGKILL)


def test_what_was_confirmed_is_there_once_and_whole(house: PorchProcess, stage: MailStage) -> None:
    with under_load(house) as told:
        for n in range(KILLS):
            time.sleep(random.uniform(0.3, 1.2))
            kill(house, WAYS[n % len(WAYS)])
    calm_down(house)
    there = account(house, "tell()")
    assert told.refused == []
    assert all(told.done.values()), "the storm left room for work of every kind"
    assert_each_is_there_once(told, there)
    assert_each_mail_was_sent_once(told, there, stage)
    assert (there["jobs"], there["held"]) == (["SUCCESSFUL"], 0)
    assert house.run("files", "check", check=False).returncode == 0
    findings = json.loads(house.run("doctor", "--json", check=False).stdout)["findings"]
    states = {each["what"]: each["state"] for each in findings}
    assert (states["database"], states["integrity"], states["files"]) == ("good", "good", "good")


def kill(house: PorchProcess, way: str) -> None:
    """Kill without a warning: the server and its worker as a power cut does, or one of them; and begin again."""
    workers = children_of(house.process.pid)
    if way in ("all", "server"):
        house.process.kill()
    if way in ("all", "worker"):
        for each in workers:
            with suppress(ProcessLookupError):
                os.kill(each, signal.SIGKILL)
    if way != "worker":
        house.process.wait(15)
        house.start()


def calm_down(house: PorchProcess) -> None:
    """Let the house do what is left."""
    end = time.monotonic() + 60
    while not account(house, "let_time_pass(); print(json.dumps(is_quiet()))"):
        assert time.monotonic() < end, "it does not come to rest"
    house.stop()


def account(house: PorchProcess, what: str) -> Any:
    code = f"import json; from tests.faults.account import *; {what}"
    return json.loads(house.run("manage", "shell", "-v0", "-c", code).stdout)


def assert_each_is_there_once(told: Told, there: dict[str, Any]) -> None:
    for kind, rows in (("article", "articles"), ("promise", "promises")):
        assert set(told.done[kind]) <= there[rows].keys(), f"a confirmed {kind} is lost"
        assert set(there[rows].values()) == {1}, f"one {kind} is there twice"
        assert there[f"{kind}_facts"] == there[f"{kind}_ids"], "each with its fact, and no fact without"
        assert there[f"{kind}_acts"] == len(there[f"{kind}_ids"]), "each stands in the audit"


def assert_each_mail_was_sent_once(told: Told, there: dict[str, Any], stage: MailStage) -> None:
    arrived = Counter(each.to for each in stage.got)
    states = there["mails"]
    assert {f"{name}@example.org" for name in told.done["mail"]} <= states.keys(), "a confirmed mail is lost"
    assert there["mail_acts"] == len(states)
    assert set(states.values()) <= {"accepted", "uncertain"}
    assert max(arrived.values()) == 1, "nobody gets one twice"
    accepted = {address for address, state in states.items() if state == "accepted"}
    assert accepted <= arrived.keys(), "what is called accepted was"
    assert arrived.keys() <= states.keys()
