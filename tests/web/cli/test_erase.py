"""`porch erase`: shows first, asks, and prints the receipt."""

import json

from tests.web.cli.conftest import Run

ADD = """
from porch.kit.time import now
from porch.people.identity.operators import add_person
add_person(address="dov@example.org", name="Dov", at=now())
"""
COUNT = "from porch.people.identity.models import Person as p; print(p.objects.filter(name='Dov').count())"


def how_many(porch: Run) -> str:
    return porch("manage", "shell", "-v0", "-c", COUNT).stdout.strip()


def test_a_dry_run_a_refusal_and_an_erasure(porch: Run) -> None:
    porch("owner-link")
    porch("manage", "shell", "-v0", "-c", ADD)
    dry = porch("erase", "Dov@example.org", "--dry-run", "--json")
    assert dry.returncode == 0
    assert json.loads(dry.stdout)["erased"] is False
    asked = porch("erase", "dov@example.org")
    assert asked.returncode == 1, "nobody said yes"
    assert "people.Person: 1 deleted" in asked.stdout
    assert how_many(porch) == "1"
    done = porch("erase", "dov@example.org", "--yes", "--json", "--reason", "As they asked.")
    receipt = json.loads(done.stdout)
    assert receipt["erased"] is True
    assert {"table", "purpose", "deleted", "kept", "why_kept"} == set(receipt["receipt"][0])
    assert how_many(porch) == "0"
    again = porch("erase", "dov@example.org", "--yes")
    assert (again.returncode, again.stdout) == (1, "")
    assert "nobody here has" in again.stderr


def test_the_last_operator_stays(porch: Run) -> None:
    porch("owner-link")
    done = porch("erase", "1", "--yes")
    assert done.returncode == 1
    assert "last operator" in done.stderr
