"""Code is coloured by classes, for the languages we know, and never changed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from porch.kit.markdown import render
from porch.kit.markdown.highlighting import MOST_CODE, MOST_CODE_IN_ALL, NAMES, highlight
from tests.kit.html_checks import check_html

SAMPLE = 'def f(x):\n    """It\'s <b>."""\n    return x + 1 & 2  # why\n'


def fence(code: str, language: str) -> str:
    return f"`````{language}\n{code}\n`````"


def coloured(html: str) -> bool:
    return "<span" in html


def test_code_is_coloured_by_classes() -> None:
    html = render(fence("def f(): return 'a<b'", "python")).html
    assert html == (
        '<pre class="code"><code class="language-python"><span class="k">def</span> <span class="nf">f</span>(): '
        '<span class="k">return</span> <span class="s1">\'a&lt;b\'</span>\n</code></pre>\n'
    )


@pytest.mark.parametrize("info", ["python", "py", "Python", "python title=a.py", "  python", "py\ttwo"])
def test_a_language_is_known_by_its_names(info: str) -> None:
    assert 'class="language-python"' in render(fence("a = 1", info)).html


@pytest.mark.parametrize(
    "info", ["", "brainfuck", "klingon", "python3.11.", "../python", "markdown", '"><b>', "PYTHON\u0130"]
)
def test_code_in_another_language_stands_plain(info: str) -> None:
    html = render(fence("def f(): return 1", info)).html
    assert html == '<pre class="code"><code>def f(): return 1\n</code></pre>\n'


@pytest.mark.parametrize("name", sorted(NAMES))
def test_each_language_leaves_the_code_as_it_is(name: str) -> None:
    assert "".join(check_html(f"<p>{highlight(SAMPLE, name)}</p>").text) == SAMPLE


@settings(max_examples=60, deadline=None)
@given(
    name=st.sampled_from(sorted(NAMES)),
    code=st.text(st.sampled_from("ab1 \n\t\"'`/*#<>(){}[]=-+$%@\\;:é"), max_size=80),
)
def test_any_code_is_left_as_it_is(name: str, code: str) -> None:
    assert "".join(check_html(f"<p>{highlight(code, name)}</p>").text) == code


def test_long_code_stands_plain() -> None:
    fits = "a = 1\n" * 300
    assert coloured(render(fence(fits, "python")).html)
    assert not coloured(render(fence("a" * MOST_CODE + " = 1", "python")).html)
    assert not coloured(render(fence("a = 1\n" * 500, "python")).html), "too many lines"
    assert not coloured(render(fence("a = 1;" * 50, "python")).html), "too wide"


def test_only_so_much_code_of_a_text_is_coloured() -> None:
    block = fence(("x = 1" + "  " * 60 + "\n") * 60, "python") + "\n"
    each = 60 * 126 + 1
    html = render(block * 6).html
    assert html.count('<pre class="code">') == 6
    assert html.count('<span class="mi">1</span>') == 60 * (MOST_CODE_IN_ALL // each)


def test_code_without_a_fence_is_not_coloured() -> None:
    assert not coloured(render("    def f(): return 1").html)
