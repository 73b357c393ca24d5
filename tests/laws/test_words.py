"""Words that docs/words.md bans appear nowhere: in names, templates, addresses and what can be translated."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

import pytest
from jinja2 import Environment

from tests.laws.trees import ROOT, Function, Source, assert_none, name_of, plant, sources, table, templates

GETTEXT = (
    "_",
    "gettext",
    "gettext_lazy",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "pgettext_lazy",
    "npgettext",
)
LEXER = Environment(extensions=["jinja2.ext.i18n"])


@dataclass(frozen=True, slots=True)
class Ban:
    """A word or a phrase that is not ours, what to say instead, and in which files."""

    phrase: str
    say: str
    where: str

    def bites(self, said: str, path: str) -> bool:
        """Look for the phrase among words, the last of which may be a plural."""
        fits = self.where == "everywhere" or fnmatch(path, self.where.strip("`"))
        return fits and re.search(rf"\b{self.phrase}s?\b", said) is not None


@dataclass(frozen=True, slots=True)
class Words:
    bans: list[Ban]
    not_ours: set[str]

    @classmethod
    def of(cls, text: str) -> "Words":
        """Read the tables of docs/words.md."""
        bans = [Ban(phrase, say, where) for phrase, say, where, _ in table(text, "not this")]
        return cls(bans, {row[0].strip("`") for row in table(text, "name")})


def offences(tree: Path, words: Words) -> list[str]:
    """Find banned words in the code and the templates of a tree."""
    found = set()
    for path, line, said in everything_said(tree, words.not_ours):
        spoken = " ".join(in_words(said))
        for ban in words.bans:
            if ban.bites(spoken, path):
                found.add(f"{path}:{line} says {said.strip()!r}; say {ban.say} for {ban.phrase!r}")
    return sorted(found)


def everything_said(tree: Path, not_ours: set[str]) -> Iterator[tuple[str, int, str]]:
    """Give what a tree says, piece by piece, with the file and the line."""
    for source in sources(tree):
        yield source.path, 1, source.path
        for line, said in said_in_code(source, not_ours):
            yield source.path, line, said
    for path in templates(tree).values():
        where = path.relative_to(tree).as_posix()
        yield where, 1, where
        for line, said in said_in_template(path.read_text(), not_ours):
            yield where, line, said


def said_in_code(source: Source, not_ours: set[str]) -> Iterator[tuple[int, str]]:
    """Give the names that we chose, and the texts that people read."""
    foreign, declared = not_ours | foreign_names(source.code), declarations(source.code)
    for node in ast.walk(source.code):
        line = getattr(node, "lineno", 1)
        word, whole = name_in(node, declared)
        if word and not {word, whole} & foreign:
            yield line, word
        if isinstance(node, ast.Call) and name_of(node.func) in (*GETTEXT, "path"):
            yield from ((line, text) for text in texts(node.args))


def name_in(node: ast.AST, declared: dict[ast.AST, str]) -> tuple[str, str]:
    """Give the name that stands in a node, and the same with what it belongs to."""
    if isinstance(node, ast.Name):
        return node.id, declared.get(node, "")
    if isinstance(node, ast.Attribute):
        return node.attr, ".".join(name_of(node).split(".")[-2:])
    if isinstance(node, ast.arg | ast.keyword):
        return node.arg or "", ""
    if isinstance(node, Function | ast.ClassDef):
        return node.name, ""
    return (node.asname or "", "") if isinstance(node, ast.alias) else ("", "")


def texts(nodes: list[ast.expr]) -> list[str]:
    return [each.value for each in nodes if isinstance(each, ast.Constant) and isinstance(each.value, str)]


def declarations(code: ast.Module) -> dict[ast.AST, str]:
    """Name what classes declare with a type, ``SignedInRequest.user``."""
    return {
        line.target: f"{node.name}.{name_of(line.target)}"
        for node in ast.walk(code)
        if isinstance(node, ast.ClassDef)
        for line in node.body
        if isinstance(line, ast.AnnAssign)
    }


def foreign_names(code: ast.Module) -> set[str]:
    """Collect the names that were imported from elsewhere, as their makers call them."""
    return {
        alias.name
        for node in ast.walk(code)
        if isinstance(node, ast.ImportFrom) and not (node.module or "").startswith("porch")
        for alias in node.names
    }


def said_in_template(text: str, not_ours: set[str]) -> Iterator[tuple[int, str]]:
    """Give the text, names and strings of a template; comments are ours alone."""
    before = ""
    for line, kind, value in LEXER.lex(text):
        if kind in ("data", "string") or (
            kind == "name" and value not in not_ours and f"{before}{value}" not in not_ours
        ):
            yield line, value
        before = f"{before}{value}" if kind == "operator" else value


def in_words(said: str) -> list[str]:
    return [each.lower() for each in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", said)]


HOUSE = Words.of((ROOT / "docs/words.md").read_text())


def test_the_house_speaks_its_own_words() -> None:
    assert_none(offences(ROOT, HOUSE))


def test_each_word_is_banned_for_a_reason_and_has_another() -> None:
    for row in table((ROOT / "docs/words.md").read_text(), "not this"):
        assert len(row) == 4
        assert all(row)


@pytest.mark.parametrize(
    "ban", [ban for ban in HOUSE.bans if ban.where == "everywhere"], ids=lambda b: b.phrase
)
def test_every_banned_word_is_caught(ban: Ban, tmp_path: Path) -> None:
    page = f"<p>{{{{ _('All our {ban.phrase}s are here') }}}}</p>"
    files = {"porch/web/x.py": f"A = _('One {ban.phrase.title()}.')\n", "porch/web/templates/x.html": page}
    found = offences(plant(tmp_path, files), HOUSE)
    assert {each.split(":")[0] for each in found if f"for {ban.phrase!r}" in each} == set(files)


@pytest.mark.parametrize(
    "text",
    [
        "user = 1\n",
        "class SiteUser: ...\n",
        "class UserAPI: ...\n",
        "def count_users(): ...\n",
        "def count(*, by_user): ...\n",
        "count(user=1)\n",
        "a.users = 1\n",
        "import os as user\n",
        "path('users/<int:pk>/', show)\n",
        "gettext_lazy('Every user.')\n",
        "# fine\nrequest.users\n",
    ],
)
def test_a_banned_word_is_caught_wherever_it_stands(text: str, tmp_path: Path) -> None:
    assert offences(plant(tmp_path, {"porch/people/x.py": text}), HOUSE)


@pytest.mark.parametrize(
    "text",
    ["<p>Dear user</p>", "<p class='user-name'></p>", "{{ users }}", "{{ page.user }}", "{% set user = 1 %}"],
)
def test_a_banned_word_in_a_template_is_caught(text: str, tmp_path: Path) -> None:
    assert offences(plant(tmp_path, {"porch/people/templates/x.html": text}), HOUSE)


def test_a_file_with_a_banned_name_is_caught(tmp_path: Path) -> None:
    assert offences(plant(tmp_path, {"porch/people/users/reads.py": ""}), HOUSE)


@pytest.mark.parametrize(
    ("text", "path", "is_caught"),
    [
        ("our_community = 1\n", "porch/audience/articles/reads.py", True),
        ("our_community = 1\n", "porch/web/public/views.py", False),
        ("members = 1\n", "porch/audience/newsletters/reads.py", True),
        ("event = 1\n", "porch/engine/facts/noting.py", True),
        ("event = 1\n", "porch/community/gatherings/reads.py", False),
    ],
)
def test_a_word_may_be_banned_in_one_part(text: str, path: str, is_caught: bool, tmp_path: Path) -> None:
    assert bool(offences(plant(tmp_path, {path: text}), HOUSE)) is is_caught


@pytest.mark.parametrize(
    "files",
    [
        {"porch/people/x.py": "request.user\nself.request.user\nsettings.AUTH_USER_MODEL\n"},
        {"porch/people/x.py": "from django.contrib.auth import login\nlogin(request, person)\n"},
        {"porch/people/x.py": "'''A user.'''  # a user\n"},
        {"porch/people/templates/x.html": "{{ request.user.name }}{# a user #}"},
    ],
)
def test_names_that_are_not_ours_are_let_be(files: dict[str, str], tmp_path: Path) -> None:
    assert offences(plant(tmp_path, files), HOUSE) == []
