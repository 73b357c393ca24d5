"""A worker killed at any moment loses nothing. ``KILLS=100`` in the environment kills more often."""

import json
import os
import subprocess
import sys

import pytest

from tests.porch_server import PorchProcess

KILLS = os.environ.get("KILLS", "10")


@pytest.mark.slow
def test_no_job_and_no_fact_is_lost_however_often_the_worker_is_killed(house: PorchProcess) -> None:
    words = [sys.executable, "-m", "tests.engine.jobs.storm", KILLS]
    done = subprocess.run(
        words, env=house.environ, capture_output=True, text=True, timeout=60 + 2 * int(KILLS), check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout)
    assert told["written"] > 0
    assert told["states"] == ["SUCCESSFUL"]
    founder = 1  # who joined when the house was prepared
    assert told["heard"] == told["written"] + founder, "each fact once, and none that was rolled back"
    assert told["done"] == told["written"] + told["heard"], "each job, those of the consumer too"
    assert (told["held"], told["workers"], told["stuck"], told["ended_with"]) == (0, 0, "", 0)
