"""Only views, commands and jobs read the clock, once, and tell everyone else the time."""

import ast
import re
from pathlib import Path

import pytest

from tests.laws.trees import ROOT, assert_none, name_of, plant, sources

# The rest of the ways to the clock (datetime.now, time.time, …) are banned in pyproject.toml.
MAY_READ = re.compile(
    r"porch/kit/time\.py"
    r"|porch/web/cli/\w+\.py"
    # The doctor is a command, and a page that says the same.
    r"|porch/web/doctor/\w+\.py"
    r"|porch/(\w+/)+(views|api|jobs)(/\w+)?\.py"
    r"|porch/\w+/management/commands/\w+\.py"
    # Django's session engine is called by Django, which tells it no time.
    r"|porch/people/sessions/store\.py"
    # So is what allauth calls.
    r"|porch/people/sign_in/adapters\.py"
    # A door is the first line of its view.
    r"|porch/people/doors\.py"
)


def offences(tree: Path) -> list[str]:
    """Find readers of porch.kit.time.now outside of the files that may."""
    found = []
    for source in sources(tree):
        if not MAY_READ.fullmatch(source.path):
            for node in ast.walk(source.code):
                if reads_clock(node):
                    found.append(f"{source.at(node)} reads the clock; take `at` as an argument")
    return found


def reads_clock(node: ast.AST) -> bool:
    if isinstance(node, ast.ImportFrom):
        names = {alias.name for alias in node.names}
        return (node.module == "porch.kit.time" and bool(names & {"now", "*"})) or (
            node.module == "porch.kit" and "time" in names
        )
    if isinstance(node, ast.Import):
        return any(alias.name == "porch.kit.time" for alias in node.names)
    return isinstance(node, ast.Attribute) and name_of(node).endswith("kit.time.now")


def test_nobody_else_reads_the_clock() -> None:
    assert_none(offences(ROOT))


@pytest.mark.parametrize(
    "text",
    [
        "from porch.kit.time import now\n",
        "from porch.kit.time import now as at, to_micros\n",
        "from porch.kit import time\n",
        "import porch.kit.time\n",
        "import porch.kit.time as clock\n",
    ],
)
@pytest.mark.parametrize(
    "where", ["community/topics/actions.py", "audience/articles/models.py", "views/actions.py"]
)
def test_a_verb_that_reads_it_is_caught(text: str, where: str, tmp_path: Path) -> None:
    (only,) = offences(plant(tmp_path, {f"porch/{where}": text}))
    assert only.startswith(f"porch/{where}:1 ")


@pytest.mark.parametrize(
    "where",
    ["community/topics/views.py", "web/cli/tidy.py", "engine/delivery/jobs.py", "web/desk/views/write.py"],
)
def test_views_commands_and_jobs_may(where: str, tmp_path: Path) -> None:
    assert offences(plant(tmp_path, {f"porch/{where}": "from porch.kit.time import now\n"})) == []
