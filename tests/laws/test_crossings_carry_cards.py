"""Every crossing carries its card: from where, to where, what, by whose leave, and how it is undone."""

import ast
from pathlib import Path

import pytest

from tests.laws.trees import ROOT, assert_none, name_of, plant, read

WANTED = ("name", "source", "to", "what", "leave", "undo")
SENTENCES = ("what", "leave", "undo")


def offences(tree: Path) -> list[str]:
    """Find crossings without a card, or with one that leaves something out."""
    return [
        f"porch/bridge/{folder.name}: {what}"
        for folder in sorted((tree / "porch/bridge").iterdir())
        if folder.is_dir() and folder.name not in ("migrations", "templates", "__pycache__")
        for what in lacks(tree, folder)
    ]


def lacks(tree: Path, folder: Path) -> list[str]:
    file = folder / "crossing.py"
    card = card_in(read(tree, file).code) if file.exists() else None
    if card is None:
        return ["there is no crossing.py with CARD = Card(…)"]
    said = {each.arg: each.value for each in card.keywords}
    missing = [f"its card does not say `{name}`" for name in WANTED if not words(said.get(name))]
    plain = [
        f"`{name}` on its card cannot be translated"
        for name in SENTENCES
        if isinstance(said.get(name), ast.Constant)
    ]
    own = words(said.get("name"))
    misnamed = [f"its card is named {own!r}"] if own and own != folder.name else []
    stays = words(said.get("source")) and words(said.get("source")) == words(said.get("to"))
    return [*missing, *plain, *misnamed, *(["its card leads nowhere"] if stays else [])]


def card_in(code: ast.Module) -> ast.Call | None:
    for node in code.body:
        if isinstance(node, ast.Assign) and [name_of(each) for each in node.targets] == ["CARD"]:
            card = node.value
            return card if isinstance(card, ast.Call) and name_of(card.func) == "Card" else None
    return None


def words(node: ast.expr | None) -> str:
    """Read a text, bare or wrapped for translation."""
    if isinstance(node, ast.Call) and name_of(node.func) == "_" and node.args:
        node = node.args[0]
    return node.value.strip() if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


GOOD = """CARD = Card(
    name="badge", source="community", to="audience",
    what=_("A badge."), leave=_("The member's."), undo=_("It ends by itself."),
)
"""


def test_every_crossing_carries_its_card() -> None:
    assert_none(offences(ROOT))


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("CARD", "card", "there is no crossing.py"),
        ('undo=_("It ends by itself."),', "", "does not say `undo`"),
        ('leave=_("The member\'s."),', 'leave=_(" "),', "does not say `leave`"),
        ('_("A badge.")', '"A badge."', "cannot be translated"),
        ('to="audience"', 'to="community"', "leads nowhere"),
        ('name="badge"', 'name="pass"', "is named 'pass'"),
    ],
)
def test_a_card_that_lacks_something_is_caught(was: str, becomes: str, said: str, tmp_path: Path) -> None:
    assert was in GOOD
    (only,) = offences(plant(tmp_path, {"porch/bridge/badge/crossing.py": GOOD.replace(was, becomes)}))
    assert said in only


def test_a_crossing_without_a_card_is_caught(tmp_path: Path) -> None:
    files = {"porch/bridge/badge/crossing.py": GOOD, "porch/bridge/leak/reads.py": ""}
    (only,) = offences(plant(tmp_path, files))
    assert only.startswith("porch/bridge/leak: ")
