"""Every slot stands in docs/map.md, and there are twelve at most."""

import ast
from pathlib import Path

from tests.laws.trees import ROOT, assert_none, name_of, plant, sources, table

MOST = 12


def offences(tree: Path) -> list[str]:
    """Compare the slots that a tree declares with those that its map lists."""
    declared = dict(slots(tree))
    listed = {row[0].strip("`") for row in table((tree / "docs/map.md").read_text(), "slot")}
    found = [
        f"{at}: the slot {name} is not in docs/map.md" for name, at in declared.items() if name not in listed
    ]
    found += [
        f"docs/map.md lists {name}, which no part declares" for name in sorted(listed - declared.keys())
    ]
    if len(declared) > MOST:
        found.append(f"{len(declared)} slots are more than {MOST}: compose some of those pages higher up")
    return found


def slots(tree: Path) -> list[tuple[str, str]]:
    return [
        (str(node.args[0].value), source.at(node))
        for source in sources(tree)
        for node in ast.walk(source.code)
        if isinstance(node, ast.Call)
        and name_of(node.func).split(".")[-1] == "Slot"
        and node.args
        and isinstance(node.args[0], ast.Constant)
    ]


def test_every_slot_is_on_the_map() -> None:
    assert_none(offences(ROOT))
    assert slots(ROOT), "there are some to find"


def test_a_slot_off_the_map_is_caught(tmp_path: Path) -> None:
    files = {
        "porch/people/x/slots.py": 'A = Slot("people.aside")\n',
        "docs/map.md": "| slot |\n|---|\n| `gone` |\n",
    }
    assert offences(plant(tmp_path, files)) == [
        "porch/people/x/slots.py:1: the slot people.aside is not in docs/map.md",
        "docs/map.md lists gone, which no part declares",
    ]


def test_a_thirteenth_slot_is_caught(tmp_path: Path) -> None:
    names = [f"slot.{n}" for n in range(13)]
    rows = "\n".join(f"| `{name}` |" for name in names)
    code = "\n".join(f'A = Slot("{name}")' for name in names)
    files = {"porch/people/x/slots.py": code, "docs/map.md": f"| slot |\n|---|\n{rows}\n"}
    (only,) = offences(plant(tmp_path, files))
    assert only.startswith("13 slots are more than 12")
