"""Every string that people read can be translated: in templates, in refusals and on cards."""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from tests.laws.trees import ROOT, assert_none, plant, sources, templates

ENVIRONMENT = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
GETTEXT = ("_", "gettext", "ngettext", "pgettext", "npgettext")
PROPER_NAMES = {"Porch"}
SPECIMENS = {"desk/samples/": "made-up words in which the operators see what a component looks like"}
# Attributes that are read out or shown.
SPOKEN = {"alt", "title", "placeholder", "label", "aria-label", "aria-description", "aria-roledescription"}
SPOKEN |= {"aria-valuetext", "aria-placeholder"}
# What stands in these is not for people, or is quoted as it is typed.
UNSPOKEN = {"script", "style", "code", "kbd", "samp", "svg", "path"}
VOID = {"path", "use", "circle", "rect", "line"}
GAP = "\ufffc"
IN_ATTRIBUTE = re.compile(r"""=\s*["'][^"'<>]*\{%-?\s*block\s+(\w+)""")
# A macro may write attributes, to be put into a tag elsewhere.
ATTRIBUTE = re.compile(r"""[\w-]+=(["']).*?\1""")
# A string in an expression reads like words for people when it starts like a sentence.
SENTENCE = re.compile(r"[A-Z][a-z]+([ ,.!?:'-].*)?", re.DOTALL)
WORD = re.compile(r"[^\W\d_]{2,}")
SHOWN = ("text", "hint")


def offences(tree: Path) -> list[str]:
    """Find what a translator would never see."""
    texts = {
        name: path.read_text()
        for name, path in templates(tree).items()
        if not name.startswith(tuple(SPECIMENS))
    }
    # A block that stands in an attribute of one template is filled bare in another.
    inner = {block for text in texts.values() for block in IN_ATTRIBUTE.findall(text)}
    found = [
        f"{name}:{line} {said!r} cannot be translated"
        for name, text in texts.items()
        for line, said in sorted([*bare_text(text, inner), *bare_strings(text)])
    ]
    return found + [f"{at} {said!r} cannot be translated" for at, said in bare_refusals(tree)]


def bare_text(text: str, inner: set[str]) -> list[tuple[int, str]]:
    """Find words between the tags of a template, and in attributes that are shown."""
    page = Page()
    page.feed(html_of(text, inner))
    page.close()
    return page.found


def html_of(text: str, inner: set[str]) -> str:
    """Take the template language out, keeping lines as they are: a gap stands for what is filled in."""
    left, until = "", ""
    words: list[str] | None = None  # of the statement that we are in
    for _, kind, value in ENVIRONMENT.lex(text):
        if kind == "block_begin":
            words = []
        elif kind == "block_end" and words is not None:
            until = hides(words, until, inner)
            words = None
        elif kind == "name" and words is not None:
            words.append(value)
        left += (
            value
            if kind == "data" and not until
            else GAP * (kind == "variable_begin") + "\n" * value.count("\n")
        )
    return left


def hides(words: list[str], until: str, inner: set[str]) -> str:
    """Give the statement up to which text is hidden, after this one."""
    if words[0] == until:
        return ""
    if words[0] == "trans":
        return "endtrans"
    if words[0] == "block" and words[1] in inner:
        return "endblock"
    return until


class Page(HTMLParser):
    """Reads what is left of a template and keeps the words that stand in it bare."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str]] = []
        self.unspoken: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSPOKEN - VOID:
            self.unspoken.append(tag)
        kinds = dict(attrs)
        spoken = SPOKEN | ({"value"} if kinds.get("type") in ("submit", "button", "reset") else set())
        spoken |= {"content"} if kinds.get("name") == "description" else set()
        for name, value in attrs:
            if name in spoken:
                self.look_at(value or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.unspoken:
            self.unspoken.remove(tag)

    def handle_data(self, data: str) -> None:
        if not self.unspoken:
            self.look_at(data)

    def look_at(self, text: str) -> None:
        if set(WORD.findall(ATTRIBUTE.sub("", text))) - PROPER_NAMES:
            self.found.append((self.getpos()[0], " ".join(text.replace(GAP, "…").split())))


def bare_strings(text: str) -> list[tuple[int, str]]:
    """Find strings in expressions that read like words for people and are not wrapped."""
    tree = ENVIRONMENT.parse(text)
    wrapped = {
        id(each)
        for call in tree.find_all(nodes.Call)
        if is_gettext(call)
        for each in call.find_all(nodes.Const)
    }
    return [
        (each.lineno, each.value)
        for each in tree.find_all(nodes.Const)
        if isinstance(each.value, str)
        and id(each) not in wrapped
        and SENTENCE.fullmatch(each.value)
        and each.value not in PROPER_NAMES
    ]


def is_gettext(call: nodes.Call) -> bool:
    return isinstance(call.node, nodes.Name) and call.node.name in GETTEXT


def bare_refusals(tree: Path) -> Iterator[tuple[str, str]]:
    """Find the texts of refusals that are not wrapped."""
    for source in sources(tree):
        for node in ast.walk(source.code):
            if isinstance(node, ast.ClassDef) and node.bases:
                for line in node.body:
                    if isinstance(line, ast.Assign) and isinstance(line.value, ast.Constant):
                        names = {each.id for each in line.targets if isinstance(each, ast.Name)}
                        if names & set(SHOWN) and isinstance(line.value.value, str) and line.value.value:
                            yield source.at(line), line.value.value


def test_every_string_can_be_translated() -> None:
    assert_none(offences(ROOT))


@pytest.mark.parametrize(
    "text",
    [
        "<h1>Members</h1>",
        "<p>\n  Come in, {{ name }}!\n</p>",
        "{% if a %}Yes{% else %}<b></b>{% endif %}",
        "<img alt='A door'>",
        '<button aria-label="Close {{ name }}"></button>',
        "<input placeholder=Search>",
        "<input type=submit value='Send it'>",
        "{% block title %}Desk{% endblock %}",
        "<p>&copy; Someone</p>",
        "<p>{{ 'Take it down' if up else '' }}</p>",
        "{{ button('Save') }}",
        "{% set title = 'Members' %}",
        "{% trans %}Fine{% endtrans %} but not this",
        "<a {% if b %}class='c'{% endif %}>here</a>",
        "<p>über</p>",
        "<code>a</code> is typed",
    ],
)
def test_a_bare_string_is_caught(text: str, tmp_path: Path) -> None:
    assert len(offences(plant(tmp_path, {"porch/web/templates/x.html": text}))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "<h1>{{ _('Members') }}</h1>",
        "<p>{% trans name=who %}Come in, {{ name }}!{% pluralize %}Come in!{% endtrans %}</p>",
        "<a class='name' href='/inside/' data-live-on='member-joined'>Porch</a>",
        "{# Not shown #}<!-- nor this --><!doctype html>",
        "<p>1 · {{ n }} / 2 &ndash; © 3 &nbsp; &amp; &times;</p>",
        "<script type='module'>let first = 1</script><style>p { color: red }</style>",
        "<kbd>Ctrl</kbd><code>porch serve</code><svg><path d='M0'/><title>x</title></svg>",
        "{{ button(_('Save'), kind='quiet') }}{{ url('inside') }}{{ 'yes' if a else 'no' }}",
        "{{ ngettext('%(num)s member', '%(num)s members', count) }}",
        "<input type=text value='{{ title }}'>",
        "<h{{ level }} class='name'>{{ title }}</h{{ level }}>",
        "{% macro wired(id) %} id='{{ id }}' name=\"field\"{{ more|xmlattr }}{% endmacro %}",
        "<td{{ ' class=\"number\"'|safe if number }}>{{ cell }}</td>",
    ],
)
def test_what_is_wrapped_or_not_for_people_is_let_be(text: str, tmp_path: Path) -> None:
    assert offences(plant(tmp_path, {"porch/web/templates/x.html": text})) == []


def test_a_specimen_is_let_be(tmp_path: Path) -> None:
    pages = ("desk/samples/row.html", "desk/row.html")
    tree = plant(tmp_path, {f"porch/web/templates/{page}": "<p>Ada Obi</p>" for page in pages})
    assert offences(tree) == ["desk/row.html:1 'Ada Obi' cannot be translated"]


def test_a_block_that_fills_an_attribute_is_let_be(tmp_path: Path) -> None:
    base = "<html data-side='{% block side %}outside{% endblock %}'>{% block main %}{% endblock %}"
    page = "{% extends 'base.html' %}{% block side %}inside{% endblock %}{% block main %}inside{% endblock %}"
    tree = plant(tmp_path, {"porch/web/templates/base.html": base, "porch/web/templates/page.html": page})
    assert offences(tree) == ["page.html:1 'inside' cannot be translated"]


def test_a_refusal_in_bare_words_is_caught(tmp_path: Path) -> None:
    code = "class No(Refusal):\n    text = 'No.'\n    hint = _('Try again.')\n\n\nclass Plain:\n    text = 'No.'\n"
    assert offences(plant(tmp_path, {"porch/people/x.py": code})) == [
        "porch/people/x.py:2 'No.' cannot be translated"
    ]
