"""Spoilers: hidden until they are opened, in pages, lists and mails."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from porch.kit.markdown import excerpt, plain, render
from porch.kit.refusals import Refusal
from tests.kit.html_checks import check_html

SECRET = "the butler"


def html(source: str) -> str:
    page = render(source).html
    check_html(page)
    return page


@pytest.mark.parametrize(
    "source",
    [
        f"It was ||{SECRET}||.",
        f"It was ||the **cook**, not {SECRET}||.",
        f"||\n{SECRET}\n||",
        f"It was:\n||\n- {SECRET}\n\n> {SECRET}\n||\nindeed",
        f"> ||\n> {SECRET}\n> ||",
        f"||\n> ||\n> x\n> ||\n\n{SECRET}\n||",
        f"- [ ] it was ||{SECRET}||",
        f"# ||{SECRET}||",
    ],
)
def test_what_is_hidden_stands_in_the_page_only_behind_something_to_open(source: str) -> None:
    page = html(source)
    assert 'class="spoiler"' in page
    opened = re.sub(r"(?s)<details.*</details>|<input[^>]*><span class=\"spoiler\">.*?</span>", "", page)
    assert SECRET not in opened
    assert SECRET not in excerpt(render(source), 200)
    assert SECRET not in plain(source)
    assert "[Spoiler]" in excerpt(render(source), 200)


@pytest.mark.parametrize(
    "source",
    [
        "a || b",
        "||",
        "||||",
        "`||a||`",
        "```\n||a||\n```",
        r"\||a||",
        "[||a||](/b)",
        "**||a** b||",
        "x\n||\ny",
    ],
)
def test_what_is_no_pair_stays_as_it_was_written(source: str) -> None:
    assert 'class="spoiler"' not in html(source)


@given(st.text("| ab*`>-[]()\n", max_size=80))
def test_any_text_of_marks_makes_valid_pages(source: str) -> None:
    try:
        page = html(source)
    except Refusal:
        return
    assert page.count('<input type="checkbox" class="spoiler"') * 2 <= source.count("||")


@pytest.mark.parametrize(
    "piece", ["||\n", "||x\n", "||", "- ||\n", "> ||\n", "||\n\n", "|| a ", "||\n> ||\n"], ids=repr
)
def test_a_text_of_nothing_but_marks_is_read_once(piece: str) -> None:
    source = (piece * 40_000)[:90_000]
    source = "\n".join(source.split("\n")[:9_000])
    try:
        html(source)
    except Refusal:
        return
