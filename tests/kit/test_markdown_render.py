"""Texts become pages: CommonMark, and what was added to it."""

from html import escape

import pytest

from porch.kit.markdown import VERSION, Rendered, render
from tests.kit.html_checks import check_html


def html(source: str) -> str:
    page = render(source)
    check_html(page.html)
    return page.html.strip().replace(">\n<", "><")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Hello *there* **you**", "<p>Hello <em>there</em> <strong>you</strong></p>"),
        ("_a_ __b__ ***c***", "<p><em>a</em> <strong>b</strong> <em><strong>c</strong></em></p>"),
        ("snake_case_name 2*3*4", "<p>snake_case_name 2<em>3</em>4</p>"),
        ("\\*not\\* \\# that", "<p>*not* # that</p>"),
        ("one\n\ntwo", "<p>one</p><p>two</p>"),
        ("one\ntwo", "<p>one\ntwo</p>"),
        ("one  \ntwo\\\nthree", "<p>one<br>\ntwo<br>\nthree</p>"),
        ("&copy; &amp; &#39; &lt;b&gt;", "<p>© &amp; ' &lt;b&gt;</p>"),
        ("`a  <b>` ``c`d``", "<p><code>a  &lt;b&gt;</code> <code>c`d</code></p>"),
        ("***\n---\n_ _ _", "<hr><hr><hr>"),
        ("> a\nlazy\n>\n> b", "<blockquote><p>a\nlazy</p><p>b</p></blockquote>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("- a\n\n- b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
        ("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>"),
        ("1871. a", '<ol start="1871"><li>a</li></ol>'),
        ("0) a", '<ol start="0"><li>a</li></ol>'),
        ("- a\n  - b\n    1. c", "<ul><li>a<ul><li>b<ol><li>c</li></ol></li></ul></li></ul>"),
        ("    code\n\n    more", '<pre class="code"><code>code\n\nmore\n</code></pre>'),
        ("~~~\na\n~~~", '<pre class="code"><code>a\n</code></pre>'),
        ("```\nnever closed", '<pre class="code"><code>never closed</code></pre>'),
        ("```\n\n\na\n```", '<pre class="code"><code>\n\na\n</code></pre>'),
        ("~~gone~~ a~b", "<p><s>gone</s> a~b</p>"),
        ("", ""),
        ("  \n\t\n", ""),
    ],
)
def test_it_reads_common_markdown(source: str, expected: str) -> None:
    assert html(source) == expected


@pytest.mark.parametrize("level", range(1, 7))
def test_headings_stand_below_that_of_the_page(level: int) -> None:
    below = min(level + 1, 6)
    assert html("#" * level + " a") == f"<h{below}>a</h{below}>"


def test_underlined_headings_stand_below_too() -> None:
    assert html("a\n=\n\nb\n-") == "<h2>a</h2><h3>b</h3>"


def test_headings_have_no_names_that_could_hide_others() -> None:
    assert html("# cookie") == "<h2>cookie</h2>"


def test_a_table_is_aligned_by_classes_and_names_its_columns() -> None:
    assert html("| a | b | c | d |\n|:--|:-:|--:|---|\n| 1 | *2* | `3\\|4` |\n") == (
        '<table><thead><tr><th scope="col" class="left">a</th><th scope="col" class="center">b</th>'
        '<th scope="col" class="right">c</th><th scope="col">d</th></tr></thead>'
        '<tbody><tr><td class="left">1</td><td class="center"><em>2</em></td>'
        '<td class="right"><code>3|4</code></td><td></td></tr></tbody></table>'
    )


def test_a_task_is_a_checkbox_with_its_words_as_label() -> None:
    assert html("- [ ] write *it*\n- [x] send it\n- [y] what") == (
        '<ul><li class="task"><label><input type="checkbox" disabled=""> write <em>it</em></label></li>'
        '<li class="task"><label><input type="checkbox" checked="" disabled=""> send it</label></li>'
        "<li>[y] what</li></ul>"
    )


@pytest.mark.parametrize("source", ["- [ ] > a", "- [x] # a", "- [ ] ```\n  a\n  ```", "- [ ] "])
def test_a_task_without_words_gets_no_checkbox_that_nothing_names(source: str) -> None:
    assert "<input" not in html(source)


def test_a_loose_task_is_labelled_too() -> None:
    assert '<label><input type="checkbox" disabled=""> a</label></p>' in html("- [ ] a\n\n- [ ] b")


@pytest.mark.parametrize(
    "source", ["<b>a</b>", "<div>a</div>", "<!-- a -->", "<script>a</script>", "a <br> b"]
)
def test_html_is_shown_as_it_was_written(source: str) -> None:
    assert html(source) == f"<p>{escape(source)}</p>"


def test_html_does_not_hide_the_markdown_in_it() -> None:
    assert html("<div>\n\n*a*\n\n</div>") == "<p>&lt;div&gt;</p><p><em>a</em></p><p>&lt;/div&gt;</p>"


@pytest.mark.parametrize(
    "source", ["a\u202eb", "a&#x202e;b", "a\u202db", "a\x07b", "a&#12;b", "a\ufdd0b", "a\x9bb"]
)
def test_characters_that_mislead_or_break_feeds_are_taken_out(source: str) -> None:
    assert html(source) == "<p>ab</p>"


def test_what_was_rendered_is_kept_with_the_page() -> None:
    page = render("a\r\nb\rc\x07\x1b[0m")
    assert page == Rendered("a\nb\nc[0m", "<p>a\nb\nc[0m</p>\n", VERSION, {})


@pytest.mark.parametrize(
    "text", ["مرحبا *بك*", "שלום", "你好世界", "नमस्ते दुनिया", "👩‍👩‍👧 \u200f!", "e\u0301"]
)
def test_every_script_comes_through_unchanged(text: str) -> None:
    assert "".join(check_html(render(text).html).text).strip() == text.replace("*", "")
