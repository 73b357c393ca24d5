"""The doors that an import linter cannot see are closed: late imports, imports by name, names in strings."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from porch.web.checks import FLOORS
from tests.laws.trees import ROOT, assert_none, name_of, plant, sources

# What ruff has to catch, one file each. The text of a finding names what is banned, or its rule.
PLANTS = {
    "PLC0415": "def f():\n    import porch.web\n",
    "relative": "from . import models\n",
    "importlib.import_module": "import importlib\n\nimportlib.import_module('porch.web')\n",
    "importlib.util": "import importlib.util\n",
    "runpy": "import runpy\n",
    "django.utils.module_loading": "from django.utils.module_loading import import_string\n",
    "django.apps.apps.get_model": "from django.apps import apps\n\napps.get_model('people', 'Person')\n",
    "django.apps.apps.get_models": "from django.apps import apps as all_of_them\n\nall_of_them.get_models()\n",
    "datetime.datetime.now": "from datetime import UTC, datetime\n\ndatetime.now(UTC)\n",
    "datetime.date.today": "from datetime import date\n\ndate.today()\n",
    "time.time": "import time\n\ntime.time()\n",
    "django.utils.timezone.now": "from django.utils import timezone\n\ntimezone.now()\n",
    "django.db.models.functions.Now": "from django.db.models.functions import Now\n",
    "django.db.models.signals": "from django.db.models.signals import post_save\n",
    "django.dispatch": "from django.dispatch import receiver\n",
    "threading.local": "import threading\n\nthreading.local()\n",
    "contextvars": "from contextvars import ContextVar\n",
    "T201": "print('hello')\n",
}
# Who may say `noqa` to these rules, and why.
PARDONED = {
    "porch/kit/time.py": "the one place that reads the clock",
    "porch/people/erasure/reads.py": "walks over the tables of every floor and library, as far as they are declared",
    "porch/web/checks.py": "looks at all models, and for columns that read the clock",
    "porch/web/cli/base.py": "a command is loaded when it is wanted, so that help comes at once",
}
MODULE = re.compile(r"porch\.(\w+)(\.\w+)*")
MODEL = re.compile(r"(\w+)\.[A-Z]\w+")
UNSEEN = ("__import__", "sys.modules", "builtins.__import__", "__builtins__")
HIGHEST = max(FLOORS.values())


def ruff_offences(tree: Path) -> list[str]:
    """Give what ruff finds against the rules that keep the map: file, rule, text."""
    ruff = [Path(sys.executable).parent / "ruff", "check", "--no-cache", "--output-format", "json"]
    rules = "TID251,TID252,PLC0415,T201"
    done = subprocess.run(
        [*ruff, "--select", rules, "porch"], cwd=tree, capture_output=True, text=True, check=False
    )
    found = json.loads(done.stdout)
    return [f"{Path(each['filename']).stem}: {each['code']} {each['message']}" for each in found]


def strings_that_look_up(tree: Path) -> list[str]:
    """Find strings that name a module or a model of a higher floor, or of the neighbour on the same one."""
    found = []
    for source in sources(tree):
        here = FLOORS.get(source.part, 0)
        if here == HIGHEST:
            continue
        for node in ast.walk(source.code):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                match = MODULE.fullmatch(node.value) or MODEL.fullmatch(node.value)
                part = match[1] if match else source.part
                if part != source.part and FLOORS.get(part, 0) >= max(here, 1):
                    found.append(f"{source.at(node)} names {node.value!r}, which lies higher or beside it")
    return found


def imports_that_ruff_does_not_see(tree: Path) -> list[str]:
    """Find what loads a module, or takes a loaded one, without an import statement."""
    return [
        f"{source.at(node)} uses {name_of(node)}"
        for source in sources(tree)
        for node in ast.walk(source.code)
        if isinstance(node, ast.Name | ast.Attribute) and name_of(node) in UNSEEN
    ]


def unpardoned(tree: Path) -> list[str]:
    """Find files that switch these rules off for a line and are not on the list."""
    switch = re.compile(r"#\s*noqa(?!:)|#\s*noqa:[^\n]*\b(TID|PLC0415)|#\s*ruff:\s*noqa")
    return [
        source.path for source in sources(tree) if switch.search(source.text) and source.path not in PARDONED
    ]


@pytest.fixture(scope="module")
def planted(copy_of_porch: Path) -> list[str]:
    files = {f"porch/people/{stem(name)}.py": text for name, text in PLANTS.items()}
    return ruff_offences(plant(copy_of_porch, files))


def stem(name: str) -> str:
    return f"plant_{re.sub(r'[^a-z0-9]', '_', name.lower())}"


def test_the_house_has_no_way_round() -> None:
    assert_none(ruff_offences(ROOT))
    assert_none(imports_that_ruff_does_not_see(ROOT))
    assert_none(strings_that_look_up(ROOT))
    assert_none(unpardoned(ROOT))


def test_every_pardon_is_used() -> None:
    used = {source.path for source in sources(ROOT) if "noqa: TID251" in source.text}
    assert used == set(PARDONED)


@pytest.mark.parametrize("name", PLANTS)
def test_a_way_round_is_caught(name: str, planted: list[str]) -> None:
    mine = [each for each in planted if each.startswith(f"{stem(name)}:")]
    assert any(name in each or "Prefer absolute imports" in each for each in mine), mine


@pytest.mark.parametrize("text", ["__import__('porch.web')", "import sys\nsys.modules['porch.web']"])
def test_an_import_without_an_import_is_caught(text: str, tmp_path: Path) -> None:
    assert len(imports_that_ruff_does_not_see(plant(tmp_path, {"porch/people/x.py": text}))) == 1


@pytest.mark.parametrize("name", ["porch.web.news", "community.Member", "porch.audience.articles.models"])
def test_a_string_that_looks_up_is_caught(name: str, tmp_path: Path) -> None:
    plant(tmp_path, {"porch/people/x.py": f"A = {name!r}\n", "porch/community/x.py": "B = 'people.Person'\n"})
    (only,) = strings_that_look_up(tmp_path)
    assert only.startswith("porch/people/x.py:1 ")


@pytest.mark.parametrize(
    "switch", ["# noqa", "# noqa: S101, TID251", "# noqa: PLC0415 - quick", "# ruff: noqa"]
)
def test_a_switch_without_a_pardon_is_caught(switch: str, tmp_path: Path) -> None:
    plant(
        tmp_path,
        {"porch/people/x.py": f"import os  {switch}\n", "porch/people/y.py": "import os  # noqa: S101\n"},
    )
    assert unpardoned(tmp_path) == ["porch/people/x.py"]
