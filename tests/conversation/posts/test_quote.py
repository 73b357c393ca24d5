"""Quotations: what a post says, with a way back to it, and without calling anybody again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from porch.conversation.posts.changing import delete_post
from porch.conversation.wording.quoting import MOST_QUOTED, quote
from porch.kit.markdown import render
from porch.kit.refusals import Refusal
from tests.conversation.naming import findable, mentioned
from tests.conversation.talk import LATER, kitchen, say, space_for, topic_in
from tests.kit.html_checks import check_html
from tests.village import Village, browser


def quoted(source: str, name: str = "Ben") -> str:
    return quote(topic_id=7, number=31, name=name, source=source)


def test_a_quotation_leads_back_to_its_post() -> None:
    assert quoted("Rye.\n\n> who?\n\nYes") == "> [Ben #31](/inside/topics/7/31/):\n>\n> Rye.\n>\n>\n> Yes"
    page = render(quoted("Rye.")).html
    assert page.startswith('<blockquote>\n<p><a href="/inside/topics/7/31/">Ben #31</a>:</p>')


def test_it_calls_nobody_again(village: Village) -> None:
    findable()
    topic = topic_in(space_for(village.ada), village.ada, source="@Ben and @[Ben]")
    assert mentioned() == ["Ben"]
    page = browser(village.ada).post(f"/inside/topics/{topic.pk}/posts/", {"quote": "1", "source": "So:"})
    text = page.content.decode()
    assert f"So:\n\n&gt; [{village.ada.name} #1](/inside/topics/{topic.pk}/1/):" in text
    assert "You reply to #1" in text
    say(topic, village.ada, quoted("@Ben and @[Ben](member:1)"))
    assert mentioned() == ["Ben"]


@pytest.mark.parametrize(
    "source", ["||" + "x" * MOST_QUOTED + "secret||", "||\n" + "x\n" * 40 + "secret\n||"]
)
def test_a_long_one_is_cut_and_gives_nothing_hidden_away(source: str) -> None:
    text = quoted(source)
    assert len(text) < MOST_QUOTED + 200
    assert "secret" not in text
    assert "xx" not in render(text).html.replace("x\n", "xx")


@given(st.text("> ab*`|@[]()\n\\", max_size=60), st.text(max_size=10))
def test_any_text_can_be_quoted(source: str, name: str) -> None:
    text = quoted(source, name)
    assert all(line.startswith(">") for line in text.split("\n"))
    try:
        check_html(render(text).html)
    except Refusal:
        return


def test_nobody_quotes_what_they_do_not_reach_or_what_is_deleted(village: Village) -> None:
    secret = topic_in(kitchen(village, village.ada), village.ada, "Hush", "the yeast")
    topic = topic_in(space_for(village.ada), village.ada)
    gone = say(topic, village.ada, "the salt")
    delete_post(post_id=gone.pk, by=village.ada, at=LATER)
    for person in (village.ben, village.dov, None):
        for number, where in ((1, secret), (2, topic), (9, topic)):
            answer = browser(person).post(
                f"/inside/topics/{where.pk}/posts/", {"quote": number, "source": "x"}
            )
            assert answer.status_code in (302, 403, 404)
            assert "yeast" not in answer.content.decode()
            assert "salt" not in answer.content.decode()
