"""A worker that is killed in the middle loses nobody, and writes to nobody twice."""

import json
import os
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.people.delivery.stage import mail_stage
from tests.porch_server import PORCH, PorchProcess, blank_database, blank_house

pytestmark = pytest.mark.slow
MAILS = 24
ASK = """
from porch.kit.time import now
from porch.people.delivery.actions import send
from porch.people.delivery.grounds import Reason, Transactional
from porch.people.delivery.letters import Letter
for n in range({n}):
    letter, grounds = Letter("people/delivery/mail/test"), Transactional(Reason.TEST_MAIL)
    send(letter, to=f"c{{n}}@example.org", grounds=grounds, at=now())
"""
# As if the two minutes after which a silent attempt is dead, and the time to the next try, had gone by.
LET_TIME_PASS = """
from datetime import timedelta
from django.db.models import F
from porch.engine.outbox.models import Delivery
from porch.kit.time import now
from porch.people.delivery.jobs import look_around
gone = timedelta(minutes=10)
for name in ("ends_at", "next_try_at", "rung_at"):
    Delivery.objects.exclude(**{name: None}).filter(state__in=["queued", "sending"]).update(**{name: F(name) - gone})
look_around(now())
Delivery.objects.filter(state="queued").update(next_try_at=now())
look_around(now())
"""
TELL = """
import json
from porch.engine.outbox.models import Delivery
print(json.dumps(dict(Delivery.objects.values_list("to_address", "state"))))
"""


@pytest.fixture
def house(tmp_path: Path) -> Iterator[PorchProcess]:
    with blank_database() as database:
        house = blank_house(tmp_path, database)
        house.run("owner-link")
        yield house


def shell(house: PorchProcess, code: str) -> str:
    return house.run("manage", "shell", "-v0", "-c", code).stdout


def work(house: PorchProcess) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([*PORCH, "work"], env=house.environ, cwd=house.folder, stderr=subprocess.DEVNULL)


def until(is_so: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.01)


# On the way in, at the question who it is for, after the whole mail: where each of the workers is killed.
MOMENTS = ("RCPT", "DATA", "got", "EHLO", "got")


def test_a_killed_worker_loses_nobody_and_doubles_nobody(house: PorchProcess) -> None:
    with mail_stage(end_seconds=0.15) as stage:
        house.environ["PORCH_MAIL_SERVER"] = stage.address
        shell(house, ASK.format(n=MAILS))
        for moment in MOMENTS:
            worker = work(house)
            seen, got = len(stage.said), len(stage.got)

            def has_come(moment: str = moment, seen: int = seen, got: int = got) -> bool:
                if moment == "got":
                    return len(stage.got) > got + 1
                return any(line.startswith(moment) for line in stage.said[seen + 8 :])

            try:
                until(has_come)
            finally:
                os.kill(worker.pid, signal.SIGKILL)
                worker.wait(10)
            shell(house, LET_TIME_PASS)
        worker = work(house)
        try:
            until(lambda: not set(states(house).values()) & {"queued", "sending"}, 60)
        finally:
            worker.terminate()
            worker.wait(10)
        check(states(house), Counter(each.to for each in stage.got))


def states(house: PorchProcess) -> dict[str, str]:
    found: dict[str, str] = json.loads(shell(house, TELL))
    return found


def check(found: dict[str, str], got: Counter[str]) -> None:
    """Hold the outbox against what the server got."""
    assert len(found) == MAILS, "nobody is lost"
    assert max(got.values()) == 1, "nobody gets it twice"
    accepted = {to for to, state in found.items() if state == "accepted"}
    uncertain = {to for to, state in found.items() if state == "uncertain"}
    assert accepted <= set(got), "accepted means that the server has it"
    assert set(got) - accepted <= uncertain, "what arrived without an answer is uncertain"
    assert accepted | uncertain == set(found)
    # A worker has two hands: one for everything, one for what somebody waits for.
    assert len(uncertain) <= 2 * len(MOMENTS), "at most what was in hand at each kill"
    assert uncertain, "and the kills did hit the moment that counts"
