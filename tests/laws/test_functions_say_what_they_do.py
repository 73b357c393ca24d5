"""Every public function that is more than its one line says in a sentence what it does.

A verb always does, however short. Methods are spoken for by their class.
"""

import ast
from pathlib import Path

import pytest

from tests.laws.trees import ROOT, Function, Source, assert_none, plant, sources

# Verbs, and the two floors whose functions are everyone's vocabulary.
ALWAYS = ("/actions.py", "porch/kit/", "porch/engine/")
ENDS = (".", "?", ":", "``")


def offences(tree: Path) -> list[str]:
    """Find public functions without a docstring, and docstrings whose first line is not a sentence."""
    found = []
    for source in sources(tree):
        for node in source.code.body:
            if isinstance(node, Function) and not node.name.startswith("_"):
                said = ast.get_docstring(node)
                if said is None and not is_obvious(node, source):
                    found.append(f"{source.at(node)} {node.name} does not say what it does")
                elif said is not None and not said.split("\n\n")[0].rstrip().endswith(ENDS):
                    found.append(f"{source.at(node)} {node.name} does not say it in a sentence")
    return found


def is_obvious(node: Function, source: Source) -> bool:
    """Tell a function of one plain statement, whose name says all there is."""
    return len(node.body) == 1 and not any(each in source.path for each in ALWAYS)


def test_every_function_says_what_it_does() -> None:
    assert_none(offences(ROOT))


@pytest.mark.parametrize(
    ("where", "text"),
    [
        ("community/topics/reads.py", "def count(a):\n    b = a\n    return b\n"),
        ("community/topics/actions.py", "def close(*, topic):\n    return topic\n"),
        ("kit/money.py", "async def exchange():\n    return 1\n"),
        ("kit/money.py", "def exchange():\n    '''Exchange'''\n"),
    ],
)
def test_a_function_that_is_silent_is_caught(where: str, text: str, tmp_path: Path) -> None:
    assert len(offences(plant(tmp_path, {f"porch/{where}": text}))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "def count():\n    return 1\n",
        "def _helper(a):\n    b = a\n    return b\n",
        "def count(a):\n    '''Count them.\n\n    ``a`` in metres\n    '''\n    b = a\n    return b\n",
        "class A:\n    def run(self):\n        a = 1\n        return a\n",
    ],
)
def test_what_is_obvious_may_be_silent(text: str, tmp_path: Path) -> None:
    assert offences(plant(tmp_path, {"porch/community/topics/reads.py": text})) == []
