"""Documents name files that there are, link to pages that there are, and list every decision."""

import re
from pathlib import Path

from tests.laws.trees import ROOT, assert_none, plant

PAGES = ("*.md", "docs/**/*.md")
LINK = re.compile(r"\[[^\]]*\]\((?!https?:|mailto:|#)([^)#\s]+)")
# A path in backquotes, without a place left open in it: `porch/web/news.py`, `tests/laws/`.
FILE = re.compile(r"`((?:porch|tests|docs|locks)/[\w./-]*[\w/])`")
PARTS = ("## Decided", "## Weighed", "## Costs", "## Would change our mind")


def offences(tree: Path) -> list[str]:
    """Find what documents name and nobody finds, and decisions that are not listed or leave a part out."""
    pages = sorted({page for pattern in PAGES for page in tree.glob(pattern)})
    return [*(each for page in pages for each in loose_ends(tree, page)), *decisions(tree)]


def loose_ends(tree: Path, page: Path) -> list[str]:
    text = re.sub(r"^```.*?^```", "", page.read_text(), flags=re.DOTALL | re.MULTILINE)
    name = page.relative_to(tree)
    links = [f"{name} leads to {to}" for to in LINK.findall(text) if not (page.parent / to).exists()]
    return links + [f"{name} names {file}" for file in FILE.findall(text) if not (tree / file).exists()]


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
        "docs/decisions/README.md": "| [0001](0001-a.md) | a | 2026-11-21 |",
        "docs/decisions/0001-a.md": "# 0001\n\n2026-11-21\n" + "\n".join(PARTS),
        "docs/decisions/0002-b.md": "# 0002\n\n2026-11-22\n" + "\n".join(PARTS[:3]),
    }
    assert offences(plant(tmp_path, pages)) == [
        "README.md leads to docs/b.md",
        "README.md names porch/x.py",
        "docs/a.md leads to ../OFF.md",
        "0002-b.md is not in the list of decisions with its date",
        "0002-b.md lacks '## Would change our mind'",
    ]
