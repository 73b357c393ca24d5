"""Documents name files, pages, commands and settings that there are, and list every decision."""

import re
from dataclasses import fields
from pathlib import Path

import click
from django.utils.module_loading import import_string

from porch.web.cli.base import COMMANDS
from porch.web.settings.options import Options
from tests.laws.trees import ROOT, assert_none, plant

PAGES = ("*.md", "docs/**/*.md")
LINK = re.compile(r"\[[^\]]*\]\((?!https?:|mailto:|#)([^)#\s]+)")
# A path in backquotes, without a place left open in it: `porch/web/news.py`, `tests/laws/`.
FILE = re.compile(r"`((?:porch|tests|docs|locks|deploy)/[\w./-]*[\w/])`")
# A command as one types it, at the beginning of a line of code or of words in backquotes, settings before it left out.
COMMAND = re.compile(r"^(?:\S*/)?porch +([a-z][a-z-]*)(.*)$")
OPTION = re.compile(r"(?<=\s)--[a-z][a-z-]*")
SETTING = re.compile(r"\bPORCH_[A-Z][A-Z_]*[A-Z]\b")
PARTS = ("## Decided", "## Weighed", "## Costs", "## Would change our mind")


def offences(tree: Path) -> list[str]:
    """Find what documents name and nobody finds, and decisions that are not listed or leave a part out."""
    pages = sorted({page for pattern in PAGES for page in tree.glob(pattern)})
    found = [each for page in pages for each in (*loose_ends(tree, page), *unknown_words(tree, page))]
    return [*found, *decisions(tree)]


def loose_ends(tree: Path, page: Path) -> list[str]:
    text = re.sub(r"^```.*?^```", "", page.read_text(), flags=re.DOTALL | re.MULTILINE)
    name = page.relative_to(tree)
    links = [f"{name} leads to {to}" for to in LINK.findall(text) if not (page.parent / to).exists()]
    return links + [f"{name} names {file}" for file in FILE.findall(text) if not (tree / file).exists()]


def unknown_words(tree: Path, page: Path) -> list[str]:
    """Find commands, options and settings that Porch does not know."""
    text, name = page.read_text(), page.relative_to(tree)
    known = {f"PORCH_{each.name.upper()}" for each in fields(Options)}
    found = [f"{name} names {each}" for each in sorted({*SETTING.findall(text)} - known)]
    blocks = "\n".join(re.findall(r"^```\w*\n(.*?)^```", text, re.DOTALL | re.MULTILINE)).splitlines()
    for line in [*blocks, *re.findall(r"`([^`\n]+)`", text)]:
        typed = COMMAND.match(re.sub(r"^(?:sudo |PORCH_\w+=\S+ )*", "", line.strip()))
        if typed and typed[1] not in COMMANDS:
            found.append(f"{name} types porch {typed[1]}")
        elif typed:
            wrong = sorted({*OPTION.findall(typed[2])} - options(typed[1]))
            found += [f"{name} types porch {typed[1]} {each}" for each in wrong]
    return found


def options(command: str) -> set[str]:
    """List the options of a command, and of those below it."""
    found: click.Command = import_string(COMMANDS[command][0])
    below = found.commands.values() if isinstance(found, click.Group) else ()
    params = [param for each in (found, *below) for param in each.params]
    return {"--help", *(word for each in params for word in (*each.opts, *each.secondary_opts))}


def decisions(tree: Path) -> list[str]:
    folder = tree / "docs/decisions"
    index = (folder / "README.md").read_text() if folder.exists() else ""
    found = []
    for page in sorted(folder.glob("[0-9]*.md")):
        text = page.read_text()
        date = re.search(r"^\d{4}-\d\d-\d\d$", text, re.MULTILINE)
        if f"({page.name})" not in index or not date or date[0] not in index:
            found.append(f"{page.name} is not in the list of decisions with its date")
        found += [f"{page.name} lacks {part!r}" for part in PARTS if part not in text]
    return found


def test_documents_are_true() -> None:
    assert_none(offences(ROOT))


def test_what_is_not_there_is_caught(tmp_path: Path) -> None:
    pages = {
        "README.md": "[a](docs/a.md) [b](docs/b.md#x) [c](https://porch.example) `porch/x.py` `porch/<part>/y.py`",
        "docs/a.md": "[back](../README.md) [off](../OFF.md)\n```\n`porch/z.py`\n```\n",
        "docs/ops.md": "`porch serve --now` `porch check --json`\n```\nPORCH_DATA=x bin/porch wok\n```\n`PORCH_HUE`",
        "docs/decisions/README.md": "| [0001](0001-a.md) | a | 2026-11-21 |",
        "docs/decisions/0001-a.md": "# 0001\n\n2026-11-21\n" + "\n".join(PARTS),
        "docs/decisions/0002-b.md": "# 0002\n\n2026-11-22\n" + "\n".join(PARTS[:3]),
    }
    assert offences(plant(tmp_path, pages)) == [
        "README.md leads to docs/b.md",
        "README.md names porch/x.py",
        "docs/a.md leads to ../OFF.md",
        "docs/ops.md names PORCH_HUE",
        "docs/ops.md types porch wok",
        "docs/ops.md types porch serve --now",
        "0002-b.md is not in the list of decisions with its date",
        "0002-b.md lacks '## Would change our mind'",
    ]
