"""Trees of source text as the laws read them: the house's own, and small ones with something planted."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Source:
    """A Python file: its path from the root of its tree, its text, and the text parsed."""

    path: str
    text: str
    code: ast.Module

    @property
    def part(self) -> str:
        """The part of Porch that the file belongs to, ``community`` for ``porch/community/…``."""
        return (self.path.split("/")[1:] or [""])[0]

    def at(self, node: ast.AST) -> str:
        return f"{self.path}:{getattr(node, 'lineno', 0)}"


def sources(root: Path, *folders: str) -> Iterator[Source]:
    """Read the Python files below these folders, ``porch`` if none are named; migrations write themselves."""
    for folder in folders or ("porch",):
        for path in sorted((root / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield read(root, path)


@lru_cache(maxsize=1_000)
def read(root: Path, path: Path) -> Source:
    text = path.read_text()
    return Source(path.relative_to(root).as_posix(), text, ast.parse(text))


def templates(root: Path) -> dict[str, Path]:
    """Find every template by the name under which pages know it."""
    found = sorted(root.glob("porch/*/templates/**/*.*"))
    return {path.relative_to(root).as_posix().partition("/templates/")[2]: path for path in found}


def plant(root: Path, files: Mapping[str, str]) -> Path:
    """Write files into a tree, which may be empty, and give the tree."""
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


def assert_none(offences: list[str]) -> None:
    """Fail with one line an offence."""
    if offences:
        pytest.fail("\n".join(offences), pytrace=False)


def name_of(node: ast.expr) -> str:
    """Write a name as it stands, ``django.apps.apps`` for a chain of attributes; anything else is empty."""
    if isinstance(node, ast.Attribute):
        before = name_of(node.value)
        return f"{before}.{node.attr}" if before else ""
    return node.id if isinstance(node, ast.Name) else ""


def table(text: str, head: str) -> list[list[str]]:
    """Give the rows of the Markdown table whose first heading is ``head``, cell by cell."""
    rows: list[list[str]] = []
    is_in = False
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not line.startswith("|"):
            is_in = False
        elif is_in and set(line) - set("|-: "):
            rows.append(cells)
        elif cells[0] == head:
            is_in = True
    return rows
