"""Bad input through the real forms: a clear refusal beside what was typed, or a plain line; never a broken page."""

import pytest
from django.test import Client

from porch.conversation.posts.models import Post
from porch.conversation.topics.models import Topic
from porch.people.identity.models import Person
from tests.conversation.direct.whispers import number
from tests.conversation.talk import say, space_for, topic_in
from tests.village import Village, browser

TOO_MANY = " ".join(f"@[n{n}]" for n in range(10_000))
DEEP = "> " * 500 + "x"


def forms(village: Village) -> dict[str, dict[str, str]]:
    """Give each page on which Ben writes a text, with whatever else it asks for."""
    topic = topic_in(space_for(village.ada), village.ben)
    own = say(topic, village.ben)
    return {
        f"/inside/topics/{topic.pk}/posts/": {},
        f"/inside/posts/{own.pk}/change/": {"edits": "0"},
        "/inside/spaces/workshop/new/": {"title": "Bread", "kind": "conversation"},
        "/inside/spaces/workshop/new-poll/": {"title": "Bread", "options": "Rye\nOats", "most": "1"},
        "/inside/direct/new/": {"to": str(number(village.ada))},
    }


@pytest.mark.parametrize(
    ("source", "why"),
    [
        (TOO_MANY, "10000 different people"),
        ("x" * 1_000_000, "1000000"),
        (DEEP, "layers"),
        ("a\0b", "not writing"),
        ("\u200b\u2060\u202e", "nothing in it yet"),
        ("", "nothing in it yet"),
    ],
    ids=["ten thousand names", "a megabyte", "too deep", "a zero", "nothing that is seen", "nothing"],
)
def test_a_text_that_cannot_be_taken_is_refused_in_words(village: Village, source: str, why: str) -> None:
    client = browser(village.ben)
    for path, form in forms(village).items():
        if source == TOO_MANY and "direct" in path:
            continue  # between few, a name calls nobody
        before = (Post.objects.count(), Topic.objects.count())
        answer = client.post(path, {**form, "source": source})
        assert answer.status_code == 422, path
        assert why in answer.content.decode(), path
        assert (Post.objects.count(), Topic.objects.count()) == before


def test_ten_megabytes_are_refused_before_they_are_read(village: Village) -> None:
    client = browser(village.ben)
    for path, form in forms(village).items():
        answer = client.post(path, {**form, "source": "x" * 10_000_000})
        assert answer.status_code in (400, 413), path
        assert "too" in answer.content.decode().lower()
    assert Post.objects.count() == 2


# What a line becomes: unseen marks go, directions go where nothing is written from right to left.
LINES = {
    "Be\u200bn\u2060\ufeff": "Ben",
    "\u202eneB\u202c": "neB",
    "\u2066Ben\u2069": "Ben",
    "🎉👩\u200d👩\u200d👧": "🎉👩\u200d👩\u200d👧",
    "  Ben \n of  the\toaks ": None,
    "Ben\0": None,
    "\u200b\u200d\u2060": None,
    "e" + "\u0301" * 500: None,
    "W" * 5_000: None,
}


def titled(client: Client, title: str) -> int:
    form = {"title": title, "source": "Hm.", "kind": "conversation"}
    return client.post("/inside/spaces/workshop/new/", form).status_code


@pytest.mark.parametrize("line", LINES, ids=lambda each: ascii(each[:12]))
def test_a_name_and_a_title_are_one_line_that_is_seen(village: Village, line: str) -> None:
    space_for(village.ada)
    client, becomes = browser(village.ben), LINES[line]
    named, begun = client.post("/account/name/", {"name": line}).status_code, titled(client, line)
    name = Person.objects.get(pk=village.ben.pk).name
    if becomes is None and "\n" not in line:
        assert (named, begun) == (422, 422)
        assert (name, Topic.objects.count()) == ("Ben", 0)
    else:
        assert (named, begun) == (302, 302)
        assert name == Topic.objects.get().title == (becomes or "Ben of the oaks")
    assert client.get("/inside/spaces/workshop/").status_code == 200


def test_a_title_of_nothing_but_emoji_leads_to_its_topic(village: Village) -> None:
    space_for(village.ada)
    client = browser(village.ben)
    assert titled(client, "🎉" * 150) == 302
    assert titled(client, "🎉" * 151) == 422
    topic = Topic.objects.get()
    assert f"/inside/topics/{topic.pk}/" in client.get("/inside/spaces/workshop/").content.decode()
    assert "🎉🎉" in client.get(f"/inside/topics/{topic.pk}/").content.decode()


@pytest.mark.parametrize("tags", ["\u200b", "a,b,c,d,e,f", "x" * 31, "\0", "," * 2_000])
def test_tags_that_are_none_are_refused_or_left_out(village: Village, tags: str) -> None:
    space_for(village.ada)
    form = {"title": "Bread", "source": "Hm.", "kind": "conversation", "tags": tags}
    answer = browser(village.ben).post("/inside/spaces/workshop/new/", form)
    assert answer.status_code == 422
    assert Topic.objects.count() == 0
