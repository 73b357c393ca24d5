"""Links lead to the web, a mailbox or this site; pictures come from this site alone."""

import pytest

from porch.kit.markdown import render
from tests.kit.html_checks import check_html

HOME = "https://porch.example"


def links(source: str) -> list[tuple[str, str]]:
    """Return address and relation of each link."""
    seen = check_html(render(source, home=HOME).html).seen
    return [(values["href"], values.get("rel", "")) for tag, values in seen if tag == "a"]


def pictures(source: str) -> list[dict[str, str]]:
    return [values for tag, values in check_html(render(source, home=HOME).html).seen if tag == "img"]


FOREIGN = "nofollow ugc noopener"


def test_a_foreign_link_gives_no_credit_and_no_handle() -> None:
    source = "[a](https://a.example 'the title')"
    assert (
        render(source).html == f'<p><a href="https://a.example" title="the title" rel="{FOREIGN}">a</a></p>\n'
    )


@pytest.mark.parametrize("address", ["/topics/7/", "/", "/a?b=c#d", "#post-3", "/über/"])
def test_a_path_of_this_site_is_a_plain_link(address: str) -> None:
    assert links(f"[a]({address})") == [(address.replace("ü", "%C3%BC"), "")]


def test_an_address_of_this_site_is_shortened_to_its_path() -> None:
    assert links(f"{HOME}/topics/7/ [a]({HOME}/a) <{HOME}/b>") == [("/topics/7/", ""), ("/a", ""), ("/b", "")]


@pytest.mark.parametrize(
    "address", [f"{HOME}.evil.example/a", f"{HOME}//evil.example", f"{HOME}:81/a", "http://porch.example/a"]
)
def test_an_address_that_only_looks_like_this_site_is_foreign(address: str) -> None:
    assert links(f"[a]({address})") == [(address, FOREIGN)]


@pytest.mark.parametrize(
    ("source", "address"),
    [
        ("see https://a.example/b.", "https://a.example/b"),
        ("(https://a.example/b)", "https://a.example/b"),
        ("https://a.example/wiki/A_(b)_c", "https://a.example/wiki/A_(b)_c"),
        ("https://a.example/_a_/*b*/x", "https://a.example/_a_/*b*/x"),
        ("**https://a.example**", "https://a.example"),
        ("HTTPS://A.example/?q=1&r=2!", "HTTPS://A.example/?q=1&r=2"),
        ("https://a.example/a…»", "https://a.example/a"),
        ("„https://a.example/a“, he said", "https://a.example/a"),
        ("http://localhost:8000/a", "http://localhost:8000/a"),
        ("http://[::1]:8000/a", "http://[::1]:8000/a"),
        ("https://münchen.example/ü", "https://xn--mnchen-3ya.example/%C3%BC"),
        ("<https://a.example/a>", "https://a.example/a"),
        ("[a]: https://a.example/r\n\n[a]", "https://a.example/r"),
    ],
)
def test_an_address_in_the_text_becomes_a_link(source: str, address: str) -> None:
    assert links(source) == [(address, FOREIGN)]


@pytest.mark.parametrize(
    "source",
    ["a@b.example", "<a@b.example>", "mail a@b.example.", "写信a@b.example", "[write](mailto:a@b.example)"],
)
def test_a_mailbox_becomes_a_link(source: str) -> None:
    assert links(source) == [("mailto:a@b.example", "")]


@pytest.mark.parametrize(
    "source",
    [
        "README.md setup.py index.js",
        "example.org www.example.org",
        "a.b.c 127.0.0.1 v1.2.3",
        "://a https:// http:/a",
        "xhttps://a.example",
        "`https://a.example a@b.example`",
        "```\nhttps://a.example\n```",
        "@ada@social.example a@b a@.example",
        "[a]() [a](example.org) [a](b/c)",
        "https\\://a.example",
        "[a](/" + "x" * 2000 + ")",
        "https://a.example/" + "x" * 2000,
    ],
)
def test_other_text_stays_text(source: str) -> None:
    assert links(source) == []


@pytest.mark.parametrize(
    "host", ["\u0301", "1.2.3.999", "[::1::2]", "[1]", "a:99999", "xn--a", "a..b", "-", "a_b", "0x7f.1"]
)
def test_a_host_that_no_browser_reads_is_no_trouble(host: str) -> None:
    html = render(f"see https://{host}/a 'so' [b *c*](https://{host} 'x > y') <https://{host}>").html
    assert "see " in html
    assert "<em>c</em>" in html
    check_html(html)


def test_a_link_shows_what_was_written() -> None:
    assert ">https://a.example/%41%E2%80%AE?a=%20<" in render("https://a.example/%41%E2%80%AE?a=%20").html


def test_a_link_text_holds_no_second_link() -> None:
    assert links("[see https://b.example and a@b.example](https://a.example)") == [
        ("https://a.example", FOREIGN)
    ]


def test_a_picture_of_this_site_is_shown_when_it_comes_near() -> None:
    (picture,) = pictures('![A *red* door](/files/1.png "t")')
    assert picture == {"src": "/files/1.png", "alt": "A red door", "title": "t", "loading": "lazy"}


def test_a_picture_by_the_full_address_of_this_site_is_shown() -> None:
    assert pictures(f"![a]({HOME}/files/1.png)")[0]["src"] == "/files/1.png"


def test_a_picture_without_words_is_decoration() -> None:
    assert pictures("![](/files/1.png)")[0]["alt"] == ""


def test_a_foreign_picture_asks_nobody_before_a_tap() -> None:
    source = "![A door](https://evil.example/pixel.gif)"
    assert pictures(source) == []
    assert (
        render(source).html == f'<p><a href="https://evil.example/pixel.gif" rel="{FOREIGN}">A door</a></p>\n'
    )


def test_a_foreign_picture_without_words_is_named_by_its_host() -> None:
    assert ">evil.example</a>" in render("![](https://evil.example/pixel.gif)").html


def test_a_foreign_picture_in_a_link_is_its_words() -> None:
    source = "[![A door](https://evil.example/p.gif)](https://a.example)"
    assert render(source).html == f'<p><a href="https://a.example" rel="{FOREIGN}">A door</a></p>\n'


@pytest.mark.parametrize(
    "address",
    [
        "/sign-out/",
        "/files",
        "/files/",
        "/files/../a",
        "/files/%2E%2e/a",
        "/files/a/..",
        "/files/./a",
        "/static/a.png",
        "#a",
    ],
)
def test_a_picture_asks_this_site_for_files_only(address: str) -> None:
    assert pictures(f"![a]({address})") == []
