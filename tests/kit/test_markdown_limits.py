"""Nothing that anyone can write takes much longer than ordinary words of the same length."""

import time
from collections.abc import Callable
from contextlib import suppress

import pytest

from porch.kit.markdown import render
from porch.kit.markdown.highlighting import NAMES, can_highlight, highlight
from porch.kit.markdown.limits import (
    MOST_CELLS,
    MOST_CHARACTERS,
    MOST_DEPTH,
    MOST_LINES,
    TablesAreTooLarge,
    TextGrowsTooMuch,
    TextHasTooManyLines,
    TextIsTooDeep,
    TextIsTooLong,
)
from porch.kit.refusals import BadInput

SIZE = 12_000
ORDINARY = "Some words with *emphasis*, a [link](https://example.org/a) and `code`, then more of them follow here.\n\n"
# What we measured is at most 13 times as slow as ordinary words; a quadratic rule is hundreds of times slower.
MOST_TIMES = 45

REPEATED = [
    *[
        "[",
        "[a",
        "![",
        "[]",
        "[](",
        "[a](b",
        "[a](<b",
        '[a](b "',
        "[x](/y)",
        "![x](http://y/z)",
        "]",
        "[a]: ",
        "[a]:\n",
    ],
    *["*a **a ", "a**b c* ", "*a_ ", "*_*", "~~a ", "***a ", "*x*", "**x", "_ _", "*a_b~~"],
    *["`", "``a`", "\\`", "`x`", "<", "<a ", "<http://a", "<!--", "<?", "<![CDATA[", '<a href="', "<a@b.c>"],
    *[
        "&",
        "&#1",
        "&amp;",
        "&aaaaaaaaaa",
        ">",
        ">" * 15 + "\n",
        "- ",
        "- - - - a\n",
        "> - > - a\n",
        "1. ",
        "- [ ] a\n",
    ],
    *[
        "- a\n\n",
        "- a\n",
        "|a|\n|-|\n\n",
        "|-",
        "a|b\n-|-\n",
        "[a\n",
        "[\\\n",
        '[a]: b "\n',
        "[a]:b\n",
        "a\n=\n",
        "# # #",
    ],
    *[
        "://",
        "http://",
        "http://a ",
        "http://a([",
        "https://a*b* ",
        "a@",
        "a@a.aa ",
        "a.",
        "a-",
        "@a ",
        "a",
        "\u0300\u0327",
    ],
    *[
        " ",
        "\t",
        "a  \n",
        "\\",
        "\\\n",
        "---",
        "```\n",
        "~~~a\n~~~\n",
        "```py\na=1\n```\n",
        "字かな ",
        "#![a.b",
        "</a",
    ],
]


def filled(unit: str, before: str = "", after: str = "") -> str:
    room = SIZE - len(before) - len(after)
    return before + (unit * (room // len(unit) + 1))[:room] + after


HOSTILE = {
    **{f"{unit!r} again and again": filled(unit) for unit in REPEATED},
    "nested links": "[" * 2000 + "a" + "](b)" * 2000,
    "nested pictures": "![" * 2000 + "a" + "](b)" * 2000,
    "runs of backticks": " ".join("`" * n for n in range(1, 150)),
    "lazy lines in quotes": filled("aaaaaaa\n", before="> " * (MOST_DEPTH - 2)),
    "lazy references in quotes": filled("[aaaaaa\n", before="> " * (MOST_DEPTH - 2)),
    "lazy lines in lists": filled("aaaaaaa\n", before="- " * 9),
    "a staircase of lists": "".join("  " * (n % 8) + "- a\n" for n in range(1000)),
    "an open label": filled("\\[", before="["),
    "an open title": filled("a\n", before='[a]: b "'),
    "brackets after an address": filled(")", before="http://a"),
    "dots after an address": filled(".", before="http://a"),
    "blanks before the end of a heading": filled(" ", before="# a", after="b"),
    "many definitions": "".join(f"[a{n}]: /u{n}\n" for n in range(900)),
    "many definitions in use": "".join(f"[a{n}]: /u\n" for n in range(500))
    + "".join(f"[a{n}]" for n in range(900)),
    "a wide table": "|a" * 2000 + "\n" + "|-" * 2000 + "\n" + "|b" * 1000,
    "a table of empty rows": "|a" * 90 + "|\n" + "|-" * 90 + "|\n" + "|\n" * 5000,
    "many tables of empty rows": ("|a" * 40 + "|\n" + "|-" * 40 + "|\n" + "|\n" * 90 + "\n") * 20,
    "an address of ten thousand signs": filled("a", before="https://"),
}


def seconds(work: Callable[[], object]) -> float:
    """Return the CPU time of this thread: other work on the machine does not count."""
    begun = time.thread_time()
    with suppress(BadInput):
        work()
    return time.thread_time() - begun


def is_within(work: Callable[[], object], most: float) -> bool:
    """Say whether work stays within so many seconds, at one try of three: a busy machine is slower at times."""
    return any(seconds(work) < most for _ in range(3))


@pytest.fixture(scope="module")
def ordinary() -> float:
    text = filled(ORDINARY)
    render(text)
    return sorted(seconds(lambda: render(text)) for _ in range(5))[2]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_costs_little_more_than_words(name: str, ordinary: float) -> None:
    assert is_within(lambda: render(HOSTILE[name]), MOST_TIMES * ordinary)


@pytest.mark.parametrize("name", sorted(NAMES))
def test_hostile_code_costs_little_more_than_words(name: str, ordinary: float) -> None:
    highlight("a", name)
    for unit in ("a b c ", "a\n", "/*", '"\\', "(", 'R"(', "%'\\\""):
        lines = (unit * 4_000)[:4_000].split("\n")[:390]
        code = "\n".join(line[n : n + 200] for line in lines for n in range(0, len(line) or 1, 200))
        assert can_highlight(code)
        assert is_within(lambda code=code: highlight(code, name), MOST_TIMES / 2 * ordinary), unit


def test_the_length_is_bounded_and_the_refusal_tells_both_numbers() -> None:
    render("a " * (MOST_CHARACTERS // 2))
    with pytest.raises(TextIsTooLong) as refused:
        render("a" * (MOST_CHARACTERS + 1))
    assert str(MOST_CHARACTERS) in refused.value.title
    assert str(MOST_CHARACTERS + 1) in refused.value.title


def test_the_lines_are_bounded() -> None:
    render("\n" * (MOST_LINES - 1))
    with pytest.raises(TextHasTooManyLines):
        render("\n" * MOST_LINES)


@pytest.mark.parametrize(
    "source",
    [
        "> " * (MOST_DEPTH + 1) + "a",
        ">" * 50_000,
        "- " * (MOST_DEPTH // 2 + 1) + "a",
        "*a " * (MOST_DEPTH + 1) + "b* " * (MOST_DEPTH + 1),
        "".join("  " * n + "- a\n" for n in range(MOST_DEPTH)),
    ],
    ids=lambda source: source[:12],
)
def test_the_depth_is_bounded(source: str) -> None:
    with pytest.raises(TextIsTooDeep):
        render(source)


@pytest.mark.parametrize("source", ["> " * 15 + "a", "- " * 8 + "a", "**" * 7 + "a" + "**" * 7])
def test_what_people_nest_fits(source: str) -> None:
    assert "a" in render(source).html


def test_nothing_is_lost_just_within_the_depth() -> None:
    for layers in range(1, MOST_DEPTH + 3):
        try:
            html = render("> " * layers + "inmost").html
        except TextIsTooDeep:
            continue
        assert html.count("<blockquote>") == layers
        assert "inmost" in html


def test_the_cells_of_all_tables_are_bounded() -> None:
    table = "| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * 900 + "\n"
    assert render(table * 5).html.count("<td>") == 9_000
    with pytest.raises(TablesAreTooLarge) as refused:
        render(table * 6)
    assert str(MOST_CELLS) in refused.value.title


def test_a_table_ends_where_the_next_thing_begins() -> None:
    html = render("a|b\n-|-\n1|2\n# c\n" * 30).html
    assert html.count("<table>") == html.count("<h2>c</h2>") == 30


def test_a_short_text_cannot_grow_into_a_huge_page() -> None:
    definition = "[x]: /" + "u" * 1900 + "\n\n"
    assert len(render(definition + "[x] " * 100).html) < 400_000
    with pytest.raises(TextGrowsTooMuch):
        render(definition + "[x] " * 20_000)
    with pytest.raises(TextGrowsTooMuch):
        render("[x]: /u '" + "t" * 40_000 + "'\n\n" + "[x] " * 10_000)


def test_entities_do_not_multiply() -> None:
    source = "&amp;lt;" * 10_000
    assert len(render(source).html) <= len(source) * 2
