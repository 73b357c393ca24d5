"""Topics bear tags by which those find them who reach them; their names are kept by those who manage spaces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from porch.community.roles.rules import NeedsRight
from porch.conversation.posts.writing import begin_topic
from porch.conversation.spaces.models import Space
from porch.conversation.tags.actions import TooManyTags, folded, read_tags, rename_tag, tag_topic
from porch.conversation.tags.models import MOST_TAGS, Tag, TopicTag
from porch.conversation.topics.finding import NotYoursToTend, TopicIsClosed
from porch.conversation.topics.models import Topic
from porch.conversation.topics.tending import close_topic
from porch.engine.audit.models import AuditEntry
from porch.kit.refusals import NotFound, Refusal
from porch.kit.text import LineIsTooLong
from porch.people.identity.models import Person
from tests.conversation.talk import LATER, kitchen, noted, space_for, topic_in
from tests.engine.promises.owing import at_once
from tests.village import Village, add_steward, browser, build_village


@pytest.fixture
def space(village: Village) -> Space:
    return space_for(village.ada)


def tag(topic: Topic, by: Person, tags: str) -> str:
    return tag_topic(topic_id=topic.pk, tags=tags, by=by, at=LATER).tags


def rename(name: str, to: str, by: Person) -> Tag:
    return rename_tag(tag_id=Tag.objects.get(name=name).pk, name=to, by=by, at=LATER)


def require_sound() -> None:
    for topic in Topic.objects.all():
        rows = TopicTag.objects.filter(topic=topic).order_by("pk").values_list("tag__name", flat=True)
        assert topic.tags == ", ".join(rows)


def test_a_topic_begins_with_tags_and_they_are_spelt_as_first(village: Village, space: Space) -> None:
    assert topic_in(space, village.ben, tags=" Brot,#rye, brot ,, RYE").tags == "Brot, rye"
    assert topic_in(space, village.ada, tags="BRÖT, Café").tags == "Brot, Café"
    assert topic_in(space, village.ada, tags="cafe").tags == "Café"
    require_sound()


def test_its_author_changes_them_while_it_is_open_and_those_who_look_after_it_always(
    village: Village, space: Space
) -> None:
    sol, topic = add_steward(), topic_in(space, village.ben, tags="rye")
    assert tag(topic, village.ben, "wheat, rye") == "rye, wheat"
    close_topic(topic_id=topic.pk, by=sol, at=LATER)
    with pytest.raises(TopicIsClosed):
        tag(topic, village.ben, "")
    assert tag(topic, sol, "spelt") == "spelt"
    assert noted().count("TopicTagged") == 2
    assert AuditEntry.objects.get(act="topic-tagged").about_id == village.ben.pk
    other = topic_in(space, village.ada)
    with pytest.raises(NotYoursToTend):
        tag(other, village.ben, "x")
    with pytest.raises(NotFound):
        tag(other, village.dov, "x")


def test_five_and_not_six_and_thirty_characters_and_not_more(village: Village, space: Space) -> None:
    assert len(read_tags("a,b,c,d,e")) == MOST_TAGS
    with pytest.raises(TooManyTags):
        read_tags("a,b,c,d,e,f")
    assert read_tags("x" * 30) == ["x" * 30]
    with pytest.raises(LineIsTooLong):
        read_tags("x" * 31)
    with pytest.raises(TooManyTags):
        topic_in(space, village.ben, tags="a,b,c,d,e,f")
    assert not Topic.objects.exists()


@given(st.text(max_size=100))
def test_whatever_is_typed_is_a_few_tags_or_refused(typed: str) -> None:
    try:
        found = read_tags(typed)
    except Refusal:
        return
    assert len(found) <= MOST_TAGS
    assert all(each.strip() and "," not in each and folded(each) for each in found)
    assert read_tags(", ".join(found)) == found


def test_a_tag_is_renamed_on_all_its_topics(village: Village, space: Space) -> None:
    topics = [topic_in(space, village.ben, tags=tags) for tags in ("rye", "rye, oat", "oat")]
    rename("rye", "Rye bread", village.ada)
    assert [Topic.objects.get(pk=each.pk).tags for each in topics] == ["Rye bread", "Rye bread, oat", "oat"]
    rename("Rye bread", "rye BREAD", village.ada)
    require_sound()


def test_renamed_to_one_that_is_there_they_become_one(village: Village, space: Space) -> None:
    topics = [topic_in(space, village.ben, tags=tags) for tags in ("rye", "rye, oat", "oat, wheat")]
    assert rename("rye", "Oat", add_steward()).name == "oat"
    assert [Topic.objects.get(pk=each.pk).tags for each in topics] == ["oat", "oat", "oat, wheat"]
    assert Tag.objects.count() == 2
    assert noted()[-1] == "TopicBegun" or AuditEntry.objects.filter(act="tag-renamed").exists()
    require_sound()


def test_only_those_who_manage_spaces_rename(village: Village, space: Space) -> None:
    topic_in(space, village.ben, tags="rye")
    for who in (village.ben, village.dov):
        with pytest.raises(NeedsRight):
            rename("rye", "x", who)
    assert browser(village.ben).get("/inside/tags/rye/change/").status_code in (403, 404)


def test_a_tag_shows_only_what_one_reaches(village: Village, space: Space) -> None:
    topic_in(kitchen(village, village.ada, is_hidden=True), village.ada, "Hush", tags="secret, rye")
    assert browser(village.ben).get("/inside/tags/secret/").status_code == 404
    assert browser(village.ben).get("/inside/tags/rye/").status_code == 404
    topic_in(space, village.ben, "Open", tags="Rye")
    page = browser(village.ben).get("/inside/tags/RYE/").content.decode()
    assert ("Open" in page, "Hush" in page) == (True, False)
    assert "Hush" in browser(village.ada).get("/inside/tags/rye/").content.decode()
    assert browser(village.dov).get("/inside/tags/rye/").status_code in (302, 403, 404)


@pytest.mark.django_db(transaction=True)
def test_tagged_and_renamed_at_once_all_is_right() -> None:
    village = build_village()
    space = space_for(village.ada)
    topics = [topic_in(space, village.ben, tags="rye, oat") for _ in range(2)]
    came = at_once(
        lambda: rename("rye", "Oat", village.ada),
        lambda: tag(topics[0], village.ben, "rye, wheat"),
        lambda: tag(topics[1], village.ada, "oat, spelt, rye"),
        lambda: begin_topic(
            space_id=space.pk, title="x", source="y", by=village.ben, at=LATER, tags="rye, RYE, new"
        ),
        lambda: begin_topic(space_id=space.pk, title="x", source="y", by=village.ada, at=LATER, tags="new"),
    )
    assert not [each for each in came if isinstance(each, Exception)]
    require_sound()


def test_the_pages_begin_change_and_rename(village: Village, space: Space) -> None:
    client = browser(village.ada)
    form = {"title": "Bread", "source": "x", "kind": "conversation", "tags": "rye, C++, a/b"}
    topic = client.post(f"/inside/spaces/{space.slug}/new/", form)["Location"]
    shown = client.get(topic).content.decode()
    assert "C++" in shown
    for name in ("rye", "C++", "a-b"):
        assert client.get(f"/inside/tags/{name}/").status_code == 200
    client.post(f"{topic}care/", {"do": "tag", "tags": "oat"})
    assert Topic.objects.get().tags == "oat"
    refused = client.post(f"/inside/spaces/{space.slug}/new/", {**form, "tags": "a,b,c,d,e,f"})
    assert (refused.status_code, "a,b,c,d,e,f" in refused.content.decode()) == (422, True)
    assert client.post("/inside/tags/oat/change/", {"name": "Oats"})["Location"] == "/inside/tags/Oats/"
