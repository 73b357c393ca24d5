"""Whatever is written, the page holds only what is allowed, and the only answer besides a page is a refusal."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from porch.kit.markdown import Extension, Link, Rendered, excerpt, plain, render
from porch.kit.markdown.limits import TextIsNotPlain
from porch.kit.markdown.sanitising import sanitise
from porch.kit.refusals import BadInput
from tests.kit.html_checks import check_allowed, check_html
from tests.kit.payloads import CONSTRUCTED, MARK, PAYLOADS, RAW_HTML, SCHEMES, WRAPPERS

MENTION = Extension("mention", "@", r"@(\w{1,30})", lambda names: {"ada": Link("/members/1/", 1)})
FRAGMENTS = [
    *"[]()!<>*_`~\\&;#-+|:@\"'=$ \n\t",
    *[
        "\n\n",
        "    ",
        "> ",
        "- ",
        "1. ",
        "- [ ] ",
        "- [x] ",
        "```",
        "```py\n",
        "~~~\n",
        "---\n",
        "===\n",
        "  \n",
    ],
    *[
        "|a|b|\n|-|:-:|\n",
        "[a]: /u 'x'\n",
        "[a]",
        "](",
        "](/b)",
        "![",
        "](//c)",
        "](javascript:a)",
        "<https://a.b>",
    ],
    *[
        "https://",
        "://",
        "a@b.cc",
        "@ada",
        "&amp;",
        "&#0;",
        "&#12;",
        "&#x202e;",
        "<script>",
        "</p>",
        "<!--",
        "-->",
        "é",
    ],
    *["\u0301", "\u202e", "\u200d", "\ufeff", "\u2028", "\x0c", "\x85", "👩", "شكر", "字", "a", "word"],
]
WRITTEN = st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join)
ANY_TEXT = st.one_of(WRITTEN, st.text(max_size=120), st.text(st.characters(codec=None), max_size=60))


def test_there_are_enough_attacks() -> None:
    assert len(set(PAYLOADS)) >= 120


def rendered(source: str) -> Rendered | None:
    """Render a text, or return None where it is refused in words."""
    try:
        return render(source, extensions=[MENTION])
    except BadInput as refusal:
        says = refusal.title
    assert says
    return None


@pytest.mark.parametrize("payload", [*RAW_HTML, *CONSTRUCTED], ids=lambda payload: ascii(payload)[:50])
def test_an_attack_becomes_a_harmless_page(payload: str) -> None:
    assert_harmless(payload)
    assert_harmless(f"> - {payload}")
    assert_harmless(f"| a |\n|---|\n| {payload} |")


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: ascii(scheme)[:50])
def test_an_attack_by_address_becomes_a_harmless_page(scheme: str) -> None:
    for wrapper in WRAPPERS:
        assert_harmless(wrapper.format(scheme))


def assert_harmless(source: str) -> None:
    page = rendered(source)
    if page is None:
        assert "\0" in source
        return
    for tag, values in check_html(page.html).seen:
        # In an address or a title the words are only words; nothing else of ours can hold them.
        held = {name for name, value in values.items() if MARK in value}
        assert held <= {"href", "src", "title", "alt"}, tag
    assert "\0" not in plain(source) + excerpt(page, 100)


@pytest.mark.parametrize("payload", RAW_HTML, ids=lambda payload: ascii(payload)[:50])
def test_the_second_wall_holds_alone(payload: str) -> None:
    """If the parser ever let HTML through, the sanitiser would still stop all that runs, loads or clobbers."""
    check_allowed(sanitise(f"<p>{payload}</p>", ("mention",)))


@settings(max_examples=200, deadline=None)
@given(ANY_TEXT)
@example("\ud800")
@example("[" * 3000)
@example("&#55296;")
def test_any_text_becomes_an_allowed_page_or_is_refused(source: str) -> None:
    page = rendered(source)
    if page is not None:
        check_html(page.html)
        assert page == rendered(source), "and the same one each time"
        again = rendered(page.source)
        assert again is not None
        assert again.html == page.html, "from what is kept, too"


@settings(max_examples=100, deadline=None)
@given(ANY_TEXT)
def test_the_second_wall_changes_nothing_that_the_first_made(source: str) -> None:
    page = rendered(source)
    if page is not None:
        assert sanitise(page.html, ("mention",)) == page.html


@settings(max_examples=100, deadline=None)
@given(ANY_TEXT)
def test_any_text_has_a_plain_twin_or_is_refused(source: str) -> None:
    try:
        text = plain(source)
    except BadInput:
        return
    assert "\0" not in text
    assert not text or text.endswith("\n")


@pytest.mark.parametrize("source", ["a\0b", "a\ud800b", "\udfff"])
def test_what_is_no_text_is_refused_and_says_so(source: str) -> None:
    with pytest.raises(TextIsNotPlain) as refused:
        render(source)
    assert refused.value.status == 422
    assert refused.value.advice
