"""Names in a text become links, after one question to whoever knows them."""

from collections.abc import Mapping, Set

import pytest

from porch.kit.markdown import Extension, Link, render
from porch.kit.markdown.limits import TooManyNames
from tests.kit.html_checks import check_html

PEOPLE = {"ada": 1, "ben": 2, "cleo.b": 3}


class Directory:
    """Answers for people and topics, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[set[str]] = []
        self.mention = Extension("mention", "@", r"@([a-z](?:[\w.]{0,30}\w)?)", self.people)
        self.topic = Extension("topic", "#", r"#(\d{1,9})", self.topics)

    def people(self, names: Set[str]) -> Mapping[str, Link]:
        self.asked.append(set(names))
        return {name: Link(f"/members/{PEOPLE[name]}/", PEOPLE[name]) for name in names if name in PEOPLE}

    def topics(self, names: Set[str]) -> Mapping[str, Link]:
        self.asked.append(set(names))
        return {name: Link(f"/topics/{name}/", int(name), f"Topic {name}") for name in names if name != "404"}

    def html(self, source: str) -> str:
        page = render(source, extensions=[self.mention, self.topic])
        check_html(page.html)
        return page.html.strip()


ADA = '<a href="/members/1/" class="mention">@ada</a>'


def test_a_name_leads_to_the_person() -> None:
    assert Directory().html("Hi @ada, *@ada*: (@ada)") == f"<p>Hi {ADA}, <em>{ADA}</em>: ({ADA})</p>"


def test_whoever_was_named_is_told_with_the_page_once_and_in_order() -> None:
    directory = Directory()
    page = render("@ben @ada @ben @nobody #7", extensions=[directory.mention, directory.topic])
    assert page.found == {"mention": (2, 1), "topic": (7,)}


def test_all_names_are_asked_for_at_once() -> None:
    directory = Directory()
    directory.html("# @ada\n\n- @ben\n- @ada @zoe\n\n| @cleo.b |\n|-|\n| #3 |")
    assert directory.asked == [{"ada", "ben", "zoe", "cleo.b"}, {"3"}]


@pytest.mark.parametrize("source", ["hello", "a @ b # c", "`@ada`", "ada@ben.example", "```\n@ada #1\n```"])
def test_nobody_is_asked_about_a_text_without_names(source: str) -> None:
    directory = Directory()
    directory.html(source)
    assert directory.asked == []


def test_an_unknown_name_stays_as_it_was_written() -> None:
    assert Directory().html("@nobody #404") == "<p>@nobody #404</p>"


def test_a_link_can_show_another_text() -> None:
    assert Directory().html("see #7.") == '<p>see <a href="/topics/7/" class="topic">Topic 7</a>.</p>'


@pytest.mark.parametrize(
    "source",
    [
        "`@ada`",
        "    @ada",
        "```\n@ada\n```",
        "[@ada](https://a.example)",
        "https://a.example/@ada",
        "<https://a.example/@ada>",
        "someone@ada.example",
        "me@ada",
        "@ada@social.example",
        "@adamant",
        "\\@ada",
        "![@ada](/files/a.png)",
        "a/@ada",
        "@@ada",
    ],
)
def test_no_name_is_found_in_code_links_and_mailboxes(source: str) -> None:
    assert "/members/" not in Directory().html(source)


def test_punctuation_after_a_name_is_not_part_of_it() -> None:
    html = Directory().html("@cleo.b. @ada, @ada's @ada! @ada_")
    assert html.count('class="mention"') == 4


@pytest.mark.parametrize("source", ["你好@ada", "@ada\u3002", "\u300c@ada\u300d", "שלום @ada"])
def test_a_name_is_found_beside_words_of_every_script(source: str) -> None:
    assert ADA in Directory().html(source)


def test_names_across_emphasis_and_mailboxes_keep_their_order() -> None:
    html = Directory().html("a@b.example @ada **#1 @ben** c@d.example")
    assert [values["href"] for tag, values in check_html(html).seen if tag == "a"] == [
        "mailto:a@b.example",
        "/members/1/",
        "/topics/1/",
        "/members/2/",
        "mailto:c@d.example",
    ]


def test_fifty_names_fit_and_one_more_is_refused_before_anyone_is_asked() -> None:
    directory = Directory()
    directory.html(" ".join(f"#{n}" for n in range(50)) + " #1 #2 #3")
    with pytest.raises(TooManyNames) as refused:
        directory.html(" ".join(f"#{n}" for n in range(51)))
    assert "51" in refused.value.title
    assert "50" in refused.value.title
    assert len(directory.asked) == 1


def test_a_mailing_list_is_no_list_of_names() -> None:
    assert render(" ".join(f"p{n}@b.example" for n in range(200))).html.count("mailto:") == 200


def test_an_answer_cannot_lead_to_a_script() -> None:
    bad = Extension(
        "mention",
        "@",
        "@([a-z]{1,9})",
        lambda names: {name: Link("javascript:alert(1)", 1) for name in names},
    )
    page = render("@ada", extensions=[bad])
    assert page.html == "<p>@ada</p>\n"
    assert page.found == {"mention": ()}


def test_an_answer_is_shown_as_text() -> None:
    odd = Extension("mention", "@", "@([a-z]{1,9})", lambda names: {"ada": Link('/a"b', 1, '<b>"')})
    html = render("@ada", extensions=[odd]).html
    assert "&lt;b&gt;" in html
    check_html(html)


@pytest.mark.parametrize(
    ("name", "pattern"), [("Mention", "(a)"), ("a b", "(a)"), ("", "(a)"), ("a", "a"), ("a", "(a)(b)")]
)
def test_an_extension_that_could_not_work_says_so(name: str, pattern: str) -> None:
    with pytest.raises(ValueError, match=r"name|group"):
        Extension(name, "@", pattern, lambda names: {})
