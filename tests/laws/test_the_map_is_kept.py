"""Imports point down: the contracts in pyproject.toml hold, and each catches what it is there for."""

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from porch.web.checks import FLOORS
from tests.laws import contracts
from tests.laws.trees import ROOT, plant

PLANTS = {
    ("floors", "porch.kit.looks_up"): "from porch.people.doors import anyone",
    ("floors", "porch.engine.hides_it"): "def f():\n    from porch.people.doors import anyone",
    ("floors", "porch.people.types_it"): (
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from porch.bridge.models import DoorSign"
    ),
    ("floors", "porch.community.looks_over"): "from porch.audience.articles.facts import ArticlePublished",
    ("floors", "porch.audience.looks_over"): "import porch.community.membership.facts",
    ("floors", "porch.cellar"): "",
    ("coming-in", "porch.community.joining.looks_up"): (
        "from porch.community.requests.models import JoinRequest"
    ),
    ("open-side", "porch.web.public.straight"): "from porch.community.membership.reads import count_members",
    ("open-side", "porch.web.public.roundabout"): "from porch.web.inside.views import open_live",
    ("talk", "porch.conversation.spaces.looks_up"): "import porch.conversation.topics.models",
    ("apart", "porch.conversation.looks_over"): "from porch.audience.articles.facts import ArticlePublished",
    ("insight", "porch.insight.straight"): "from porch.people.models import Person",
    ("insight", "porch.insight.roundabout"): "from porch.community.membership.reads import count_members",
    ("insight", "porch.insight.joins.writes"): "from porch.engine.facts.noting import note",
    ("server", "porch.web.server.knows"): "from porch.people.doors import anyone",
}


def offences(tree: Path) -> dict[str, list[str]]:
    """Give the broken contracts of a tree, each with the modules that stand in a forbidden chain."""
    done = subprocess.run(
        [sys.executable, contracts.__file__],
        cwd=tree,
        env={**os.environ, "PYTHONPATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, list[str]] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def planted(copy_of_porch: Path) -> dict[str, list[str]]:
    files = {f"{module.replace('.', '/')}.py": text for (_, module), text in PLANTS.items()}
    return offences(plant(copy_of_porch, files))


def test_the_house_keeps_its_map() -> None:
    assert offences(ROOT) == {}


@pytest.mark.parametrize(("contract", "module"), PLANTS)
def test_an_import_that_leaves_the_map_is_caught(
    contract: str, module: str, planted: dict[str, list[str]]
) -> None:
    assert module in planted[contract]


def test_every_contract_has_a_plant() -> None:
    assert {each["id"] for each in configuration()["contracts"]} == {contract for contract, _ in PLANTS}


def test_the_map_is_the_same_in_words_in_the_contract_and_in_the_check() -> None:
    (floors,) = (each for each in configuration()["contracts"] if each["id"] == "floors")
    in_words = " > ".join(floors["layers"])
    assert f"`{in_words}`" in (ROOT / "docs/map.md").read_text()
    from_the_ground = [part for layer in reversed(floors["layers"]) for part in layer.split(" | ")]
    assert set(from_the_ground) == {"kit", *FLOORS}
    assert sorted(FLOORS.values()) == [FLOORS[part] for part in from_the_ground[1:]]


def configuration() -> dict[str, list[dict[str, object]]]:
    text = (ROOT / "pyproject.toml").read_text()
    found: dict[str, list[dict[str, object]]] = tomllib.loads(text)["tool"]["importlinter"]
    return found
