"""The plain twin of a text reads well in a mail."""

import pytest
from pytest_django.fixtures import Settings

from porch.kit.markdown import plain
from porch.kit.markdown.limits import TextIsTooLong


def twin(source: str) -> str:
    return plain(source, home="https://porch.example")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("", ""),
        ("Hello *there* **you** ~~no~~ `x < y`\nagain", "Hello there you ~no~ x < y\nagain\n"),
        ("one\n\ntwo", "one\n\ntwo\n"),
        ("# Title\n\ntext\n\n## Part\n\n### Small", "Title\n=====\n\ntext\n\nPart\n----\n\nSmall\n"),
        ("[the report](https://a.example/r)", "the report (https://a.example/r)\n"),
        ("https://a.example/r", "https://a.example/r\n"),
        ("<https://a.example/r> a@b.example", "https://a.example/r a@b.example\n"),
        ("[write](mailto:a@b.example)", "write (a@b.example)\n"),
        ("[topic](/topics/7/)", "topic (https://porch.example/topics/7/)\n"),
        ("[*a* b](/c) [](/d) [e]()", "a b (https://porch.example/c) https://porch.example/d e\n"),
        ("![A door](/files/1.png)", "A door (https://porch.example/files/1.png)\n"),
        ("[![A door](https://b.example/1.png)](https://a.example)", "A door (https://a.example)\n"),
        ("- a\n- b\n  - c\n- [x] d\n- [ ] e", "- a\n- b\n  - c\n- [x] d\n- [ ] e\n"),
        ("- a\n\n  more\n\n- b", "- a\n\n  more\n\n- b\n"),
        ("9. a\n10. b\n    - c", "9. a\n10. b\n    - c\n"),
        ("-\n- a", "-\n- a\n"),
        ("> said\n> > before", "> said\n>\n> > before\n"),
        ("```py\nif a:\n    b()\n\nc\n```", "    if a:\n        b()\n\n    c\n"),
        ("    code", "    code\n"),
        ("- a\n\n  ```\n  b\n  ```", "- a\n\n      b\n"),
        ("| a | b |\n|---|--:|\n| 1 | *2* |", "a | b\n-----\n1 | 2\n"),
        ("a\n\n---\n\nb", "a\n\n* * *\n\nb\n"),
        ("<b>bold</b> &amp; &lt;i&gt;", "<b>bold</b> & <i>\n"),
        ("\\*a\\* @ada #7", "*a* @ada #7\n"),
        ("a  \nb", "a\nb\n"),
    ],
)
def test_it_is_readable(source: str, expected: str) -> None:
    assert twin(source) == expected


def test_addresses_without_a_home_are_completed_with_that_of_this_site(settings: Settings) -> None:
    settings.PORCH_URL = "https://here.example"
    assert plain("[a](/b)") == "a (https://here.example/b)\n"


def test_it_refuses_what_the_page_refuses() -> None:
    with pytest.raises(TextIsTooLong):
        plain("a" * 100_001)
