"""docs/settings.md is what `porch settings --markdown` prints; every setting says what it is for."""

from dataclasses import dataclass, fields
from typing import Any

from porch.web.settings.options import Options, manual, option
from tests.laws.trees import ROOT, assert_none

HOW = "run: porch settings --markdown > docs/settings.md"


def offences(options: type[Any], text: str) -> list[str]:
    """Find settings that a text leaves out, and settings that do not explain themselves."""
    missing = [
        f"PORCH_{each.name.upper()} is not in docs/settings.md; {HOW}"
        for each in fields(options)
        if f"`PORCH_{each.name.upper()}`" not in text
    ]
    silent = [
        f"PORCH_{each.name.upper()} does not say in a sentence what it is for"
        for each in fields(options)
        if not each.metadata["help"].endswith(".") or not each.metadata["shown"]
    ]
    return missing + silent


def test_every_setting_is_documented() -> None:
    assert_none(offences(Options, (ROOT / "docs/settings.md").read_text()))


def test_the_page_is_what_the_command_prints() -> None:
    assert (ROOT / "docs/settings.md").read_text() == manual() + "\n", HOW


@dataclass
class Planted:
    known: int = option("A number.", read=int, default=1, shown="1")
    secret: int = option("A number nobody hears of.", read=int, default=1, shown="1")
    silent: int = option("", read=int, default=1, shown="1")


def test_a_setting_that_nobody_is_told_of_is_caught() -> None:
    found = offences(Planted, "| `PORCH_KNOWN` | A number. | 1 |\n| `PORCH_SILENT` | | 1 |")
    assert [each.partition(" ")[0] for each in found] == ["PORCH_SECRET", "PORCH_SILENT"]
