"""Nothing sends mail but porch.people.delivery, and its door asks for grounds each time."""

import ast
import inspect
from pathlib import Path

import pytest

from porch.people.delivery.actions import queue, send
from tests.laws.trees import ROOT, assert_none, plant, sources

# Ways out of the house for mail. Django's own sends when a form of it, or of a library, is asked to.
WAYS = ("smtplib", "django.core.mail", "aiosmtplib", "anymail")
DOOR = "porch/people/delivery/"


def offences(tree: Path) -> list[str]:
    """Find imports of anything that sends mail, outside of the one slice that may."""
    return [
        f"{source.at(node)} goes round porch.people.delivery: send(…, grounds=…)"
        for source in sources(tree)
        if not source.path.startswith(DOOR)
        for node in ast.walk(source.code)
        if any(is_way(name) for name in imported(node))
    ]


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        module = node.module or ""
        return [module, *(f"{module}.{alias.name}" for alias in node.names)]
    return []


def is_way(name: str) -> bool:
    return any(name == way or name.startswith(f"{way}.") for way in WAYS)


def test_nobody_goes_round_the_door() -> None:
    assert_none(offences(ROOT))


@pytest.mark.parametrize("door", [send, queue])
def test_the_door_has_no_grounds_of_its_own(door: object) -> None:
    grounds = inspect.signature(door).parameters["grounds"]  # type: ignore[arg-type]
    assert grounds.default is inspect.Parameter.empty
    assert grounds.kind is inspect.Parameter.KEYWORD_ONLY


@pytest.mark.parametrize(
    "text",
    [
        "import smtplib\n",
        "from smtplib import SMTP\n",
        "from django.core.mail import send_mail\n",
        "from django.core import mail\n",
        "import django.core.mail.backends.smtp\n",
    ],
)
def test_a_way_round_is_caught(text: str, tmp_path: Path) -> None:
    tree = plant(tmp_path, {"porch/community/x.py": text, f"{DOOR}y.py": text})
    (only,) = offences(tree)
    assert only.startswith("porch/community/x.py:1 ")
