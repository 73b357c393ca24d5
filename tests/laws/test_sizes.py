"""Files and functions stay of a size to be read. What we like is smaller: see docs/map.md and CONTRIBUTING.md."""

import ast
from pathlib import Path

from tests.laws.trees import ROOT, Function, assert_none, plant, sources

MOST_LINES = 400
MOST_LINES_OF_FUNCTION = 60
# A part that grows past this wants to be two.
MOST_LINES_OF_SLICE = 1_500


def offences(tree: Path) -> list[str]:
    """Find files and functions that have grown too long, of the house and of its tests."""
    found = []
    for source in sources(tree, "porch", "tests", "locks"):
        lines = source.text.count("\n")
        if lines > MOST_LINES:
            found.append(f"{source.path} has {lines} lines")
        for node in ast.walk(source.code):
            if isinstance(node, Function):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > MOST_LINES_OF_FUNCTION:
                    found.append(f"{source.at(node)} {node.name} has {lines} lines")
    return found + big_slices(tree)


def big_slices(tree: Path) -> list[str]:
    sizes: dict[str, int] = {}
    for source in sources(tree):
        folder = "/".join(source.path.split("/")[:3])
        sizes[folder] = sizes.get(folder, 0) + source.text.count("\n")
    return [
        f"{folder} has {lines} lines: it wants to be two"
        for folder, lines in sizes.items()
        if lines > MOST_LINES_OF_SLICE
    ]


def test_nothing_is_too_long_to_be_read() -> None:
    assert_none(offences(ROOT))


def test_what_is_too_long_is_caught(tmp_path: Path) -> None:
    files = {
        "porch/people/long.py": "a = 1\n" * 401,
        "porch/people/fits.py": "a = 1\n" * 400,
        "tests/people/test_long.py": "def long():\n" + "    a = 1\n" * 60,
        "tests/people/test_fits.py": "def fits():\n" + "    a = 1\n" * 59,
        **{f"porch/people/slice/part{n}.py": "a = 1\n" * 400 for n in range(4)},
    }
    assert offences(plant(tmp_path, files)) == [
        "porch/people/long.py has 401 lines",
        "tests/people/test_long.py:1 long has 61 lines",
        "porch/people/slice has 1600 lines: it wants to be two",
    ]
