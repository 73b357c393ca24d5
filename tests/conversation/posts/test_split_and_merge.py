"""Posts go from topic to topic: every address leads on, numbers stay dense, what was read stays read."""

import pytest
from django.db.models import Max, Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from porch.conversation.answers.actions import choose_answer
from porch.conversation.moving.actions import (
    FirstPostStays,
    NotHereAnyMore,
    NothingChosen,
    SameTopic,
    TooManyChosen,
    merge_topic,
    move_posts,
    split_topic,
)
from porch.conversation.posts import writing
from porch.conversation.posts.changing import delete_post, edit_post
from porch.conversation.posts.models import Post
from porch.conversation.posts.reads import place_now
from porch.conversation.posts.writing import NothingToAnswer
from porch.conversation.reactions.actions import react
from porch.conversation.reading.actions import choose_level, mark_read
from porch.conversation.reading.models import Reading
from porch.conversation.spaces.models import Space
from porch.conversation.topics.finding import NotYoursToTend, TopicIsMerged
from porch.conversation.topics.models import Topic
from porch.conversation.topics.tending import WouldBeReadByOthers
from porch.engine.audit.models import AuditEntry
from porch.kit.refusals import NotFound
from porch.people.identity.models import Person
from tests.community.circles.making import member_of
from tests.conversation.talk import LATER, kitchen, noted, say, space_for, topic_in
from tests.engine.promises.owing import at_once
from tests.village import NOON, Village, add_steward, browser, build_village


@pytest.fixture
def topic(village: Village) -> Topic:
    """A topic of six posts, of which the fourth answers the third and the fifth the second."""
    return long_topic(village)


def long_topic(village: Village, title: str = "Bread", space: Space | None = None) -> Topic:
    topic = topic_in(
        space or space_for(village.ada, title), village.ben, title, f"{title} 1", kind="question"
    )
    for number, reply in ((2, None), (3, None), (4, 3), (5, 2), (6, None)):
        say(topic, village.ben, f"{title} {number}", reply_to=reply)
    return topic


def split(topic: Topic, by: Person, *numbers: int, title: str = "Rye") -> Topic:
    return split_topic(topic_id=topic.pk, numbers=numbers, title=title, by=by, at=LATER)


def go(topic: Topic, to: Topic, by: Person, *numbers: int) -> Topic:
    return move_posts(topic_id=topic.pk, numbers=numbers, to_id=to.pk, by=by, at=LATER)


def merge(topic: Topic, into: Topic, by: Person) -> Topic:
    return merge_topic(topic_id=topic.pk, into_id=into.pk, by=by, at=LATER)


def said_in(topic: Topic) -> list[str]:
    return list(Post.objects.filter(topic=topic).order_by("number").values_list("source", flat=True))


def require_sound() -> None:
    """Hold every number on topics and spaces against what stands in them."""
    for topic in Topic.objects.all():
        numbers = list(Post.objects.filter(topic=topic).order_by("number").values_list("number", flat=True))
        assert numbers == list(range(1, topic.posts + 1))
        there = Post.objects.filter(topic=topic, moved_to__isnull=True)
        if there:
            assert topic.last_said_at == there.aggregate(at=Max("at"))["at"]
    for space in Space.objects.all():
        topics = Topic.objects.filter(space=space, merged_into__isnull=True)
        assert (space.topics, space.posts) == (len(topics), topics.aggregate(n=Sum("posts"))["n"] or 0)
    for post in Post.objects.filter(reply_to__isnull=False):
        where = post.reply_topic or post.topic
        assert Post.objects.filter(topic=where, number=post.reply_to).exists()
        assert post.reply_topic_id or post.reply_to < post.number


def test_chosen_posts_become_a_topic_and_leave_signs(village: Village, topic: Topic) -> None:
    new = split(topic, village.ada, 5, 3, 4)
    assert said_in(new) == ["Bread 3", "Bread 4", "Bread 5"]
    assert said_in(topic) == ["Bread 1", "Bread 2", "", "", "", "Bread 6"]
    assert (new.title, new.space, new.author) == ("Rye", topic.space, village.ben)
    assert [place_now(topic.pk, n) for n in (2, 3, 5)] == [(topic.pk, 2), (new.pk, 1), (new.pk, 3)]
    replies = list(Post.objects.filter(topic=new).order_by("number").values_list("reply_to", "reply_topic"))
    assert replies == [(None, None), (1, None), (2, topic.pk)]
    require_sound()
    assert noted()[-4:] == ["PostMoved", "PostMoved", "PostMoved", "TopicSplit"]
    assert AuditEntry.objects.filter(act="topic-split").count() == 1


def test_splitting_back_puts_all_as_it_was(village: Village, topic: Topic) -> None:
    before = list(
        Post.objects.order_by("pk").values("pk", "topic", "number", "reply_to", "reply_topic", "source")
    )
    new = split(topic, village.ada, 3, 4, 5)
    say(new, village.ada, "Later")
    go(new, topic, village.ada, 2, 3)
    assert place_now(new.pk, 3) == (topic.pk, 5)
    with pytest.raises(FirstPostStays):
        go(new, topic, village.ada, 1)
    merge(new, topic, village.ada)
    after = Post.objects.filter(pk__in=[each["pk"] for each in before]).order_by("pk")
    assert list(after.values("pk", "topic", "number", "reply_to", "reply_topic", "source")) == before
    assert said_in(topic)[6:] == ["Later"]
    assert [place_now(new.pk, n) for n in (1, 4)] == [(topic.pk, 3), (topic.pk, 7)]
    require_sound()


def test_a_post_that_went_twice_is_found_by_each_of_its_addresses(village: Village, topic: Topic) -> None:
    second = split(topic, village.ada, 3, 4)
    third = split(second, village.ada, 2, title="Third")
    for address in ((topic.pk, 4), (second.pk, 2), (third.pk, 1)):
        assert place_now(*address) == (third.pk, 1)
    answer = browser(village.ben).get(f"/inside/topics/{topic.pk}/4/")
    assert answer["Location"] == f"/inside/topics/{third.pk}/?page=1#p1"


def test_a_merged_topic_leads_on_for_ever(village: Village, topic: Topic) -> None:
    other, last = long_topic(village, "Cake", topic.space), long_topic(village, "Pie", topic.space)
    merge(topic, other, village.ada)
    assert said_in(other)[6:] == [f"Bread {n}" for n in range(1, 7)]
    merge(other, last, village.ada)
    client = browser(village.ben)
    assert client.get(f"/inside/topics/{topic.pk}/")["Location"] == f"/inside/topics/{other.pk}/"
    assert client.get(f"/inside/topics/{topic.pk}/", follow=True).status_code == 200
    assert place_now(topic.pk, 2) == (last.pk, 14)
    listed = client.get(f"/inside/spaces/{topic.space.slug}/").content.decode()
    assert ("Pie" in listed, "Cake</a>" in listed) == (True, False)
    require_sound()
    with pytest.raises(TopicIsMerged):
        say(topic, village.ben)
    for act in (
        lambda: merge(topic, last, village.ada),
        lambda: merge(last, topic, village.ada),
        lambda: split(topic, village.ada, 2),
    ):
        with pytest.raises(TopicIsMerged):
            act()


def test_what_is_written_to_a_merged_topic_is_not_lost(village: Village, topic: Topic) -> None:
    merge(topic, long_topic(village, "Cake", topic.space), village.ada)
    answer = browser(village.ben).post(f"/inside/topics/{topic.pk}/posts/", {"source": "My long words"})
    assert (answer.status_code, "My long words" in answer.content.decode()) == (409, True)


def test_only_those_who_look_after_both(village: Village, topic: Topic) -> None:
    other = topic_in(topic.space, village.ben)
    for act in (
        lambda by: split(topic, by, 2),
        lambda by: go(topic, other, by, 2),
        lambda by: merge(topic, other, by),
    ):
        with pytest.raises(NotYoursToTend):
            act(village.ben)
        with pytest.raises(NotFound):
            act(village.dov)
    split(topic, add_steward(), 2)


def test_nothing_goes_where_others_would_read_it(village: Village) -> None:
    closed = long_topic(village, space=kitchen(village, village.ada, village.ben))
    opened = topic_in(space_for(village.ada), village.ada)
    for act in (lambda: go(closed, opened, village.ada, 2), lambda: merge(closed, opened, village.ada)):
        with pytest.raises(WouldBeReadByOthers):
            act()
    go(long_topic(village, "Cake"), closed, village.ada, 2)
    require_sound()


def test_what_cannot_go_is_refused_and_nothing_changes(village: Village, topic: Topic) -> None:
    split(topic, village.ada, 4)
    for numbers, refusal in (
        ((), NothingChosen),
        ((1, 2), FirstPostStays),
        ((4,), NotHereAnyMore),
        ((2, 99), NotHereAnyMore),
        (range(2, 200), TooManyChosen),
    ):
        with pytest.raises(refusal):
            split(topic, village.ada, *numbers)
    with pytest.raises(SameTopic):
        go(topic, topic, village.ada, 2)
    require_sound()


def test_what_was_read_stays_read_and_what_was_not_is_new(village: Village, topic: Topic) -> None:
    ada, sol = member_of(village.ada), member_of(add_steward())
    mark_read(topic_id=topic.pk, member_id=ada.pk, number=4, at=NOON)
    new = split(topic, village.ada, 3, 5, 6)
    assert Reading.objects.get(member=ada, topic=new).number == 1
    assert Reading.objects.get(member=ada, topic=topic).number == 4
    assert Reading.objects.get(member__person=village.ben, topic=new).number == 3
    assert not Reading.objects.filter(member=sol).exists()
    other = topic_in(topic.space, village.ada, "Other")
    go(topic, other, village.ada, 2)
    assert Reading.objects.get(member=ada, topic=other).number == 2
    assert not Reading.objects.filter(member__person=village.ben, topic=other).exists()


def test_in_a_topic_not_read_to_its_end_nothing_is_called_read(village: Village, topic: Topic) -> None:
    ada = member_of(village.ada)
    other = long_topic(village, "Cake", topic.space)
    mark_read(topic_id=topic.pk, member_id=ada.pk, number=6, at=NOON)
    mark_read(topic_id=other.pk, member_id=ada.pk, number=5, at=NOON)
    go(topic, other, village.ada, 2)
    assert Reading.objects.get(member=ada, topic=other).number == 5


def test_who_follows_a_merged_topic_follows_the_other(village: Village, topic: Topic) -> None:
    other = topic_in(topic.space, village.ada, "Other")
    choose_level(topic_id=topic.pk, level="follow", by=village.ada, at=NOON)
    choose_level(topic_id=other.pk, level="mute", by=village.ada, at=NOON)
    merge(topic, other, village.ada)
    assert Reading.objects.get(member__person=village.ada, topic=other).level == "mute"
    assert Reading.objects.get(member__person=village.ben, topic=other).level == "follow"


def test_all_that_hangs_on_a_post_goes_along(village: Village, topic: Topic) -> None:
    post = Post.objects.get(topic=topic, number=3)
    edit_post(post_id=post.pk, source="Changed", edits=0, by=village.ben, at=LATER)
    react(post_id=post.pk, emoji="👍", by=village.ada, at=LATER)
    choose_answer(topic_id=topic.pk, number=3, by=village.ben, at=LATER)
    delete_post(post_id=Post.objects.get(topic=topic, number=4).pk, by=village.ben, at=LATER)
    new = split(topic, village.ada, 3, 4)
    moved = Post.objects.get(topic=new, number=1)
    assert (moved.pk, moved.source, moved.reactions, moved.edits) == (post.pk, "Changed", "👍 1", 1)
    assert Post.objects.get(topic=new, number=2).deletion.by_author
    topic.refresh_from_db()
    assert topic.answer is None
    assert "AnswerWithdrawn" in noted()
    edit_post(post_id=post.pk, source="Again", edits=1, by=village.ben, at=LATER)


def test_a_sign_is_no_post(village: Village, topic: Topic) -> None:
    split(topic, village.ada, 3)
    sign = Post.objects.get(topic=topic, number=3)
    for act in (
        lambda: delete_post(post_id=sign.pk, by=village.ada, at=LATER),
        lambda: react(post_id=sign.pk, emoji="👍", by=village.ada, at=LATER),
    ):
        with pytest.raises(NotFound):
            act()
    with pytest.raises(NothingToAnswer):
        say(topic, village.ben, reply_to=3)
    shown = browser(village.ben).get(f"/inside/topics/{topic.pk}/?page=1").content.decode()
    assert "This post went to another topic." in shown
    assert browser(village.ben).get(f"/inside/posts/{sign.pk}/reactions/").status_code == 404


def test_outside_a_sign_says_only_that_it_went(village: Village) -> None:
    topic = long_topic(village, space=space_for(village.ada, "Window", is_glass=True))
    go(topic, long_topic(village, "Cake", kitchen(village, village.ada, village.ben)), village.ada, 3)
    page = browser().get(f"/glass/topics/{topic.pk}/").content.decode()
    assert ("This post went to another topic." in page, "Bread 3" in page, "Cake" in page) == (
        True,
        False,
        False,
    )
    other = topic_in(topic.space, village.ben, "Two")
    merge(topic, other, village.ada)
    assert browser().get(f"/glass/topics/{topic.pk}/")["Location"] == f"/glass/topics/{other.pk}/"


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.integers(0, 3), st.sets(st.integers(2, 8), max_size=3)), max_size=6
    )
)
def test_whatever_goes_wherever_it_stays_sound(
    village: Village, monkeypatch: pytest.MonkeyPatch, acts: list[tuple[int, int, set[int]]]
) -> None:
    # So much in one hour nobody writes.
    monkeypatch.setattr(writing, "INSTEAD_OF_WRITING", [])
    space = space_for(village.ada, "Any")
    topics = [long_topic(village, name, space) for name in ("A", "B", "C", "D")]
    addresses = {(p.topic_id, p.number): p.pk for p in Post.objects.filter(moved_to__isnull=True)}
    for a, b, numbers in acts:
        try:
            if numbers and a != b:
                go(topics[a], topics[b], village.ada, *numbers)
            elif a == b:
                topics.append(split(topics[a], village.ada, *numbers))
            else:
                merge(topics[a], topics[b], village.ada)
        except (NotHereAnyMore, TopicIsMerged, NothingChosen):
            continue
    require_sound()
    for (topic_id, number), pk in addresses.items():
        at, there = place_now(topic_id, number)
        assert Post.objects.get(topic_id=at, number=there).pk == pk


@pytest.mark.django_db(transaction=True)
def test_writing_splitting_and_merging_at_once_stays_sound() -> None:
    village = build_village()
    space = space_for(village.ada)
    topic, other = long_topic(village, "Bread", space), long_topic(village, "Cake", space)
    post = Post.objects.get(topic=topic, number=3)
    at_once(
        lambda: say(topic, village.ben, "x"),
        lambda: split(topic, village.ada, 3, 4),
        lambda: go(other, topic, village.ada, 2, 3),
        lambda: go(topic, other, village.ada, 2),
        lambda: merge(other, topic, village.ada),
        lambda: react(post_id=post.pk, emoji="👍", by=village.ben, at=LATER),
        lambda: say(other, village.ben, "y"),
    )
    require_sound()
    assert Post.objects.filter(moved_to__isnull=True).count() >= 12


def test_the_page_splits_moves_and_merges(village: Village, topic: Topic) -> None:
    client, address = browser(village.ada), f"/inside/topics/{topic.pk}/splitting/"
    assert "Bread 2" in client.get(address).content.decode()
    refused = client.post(address, {"do": "split", "post": ["2", "3"], "title": ""})
    assert refused.status_code == 422
    assert 'value="3" checked' in refused.content.decode()
    answer = client.post(address, {"do": "split", "post": ["2", "3"], "title": "Rye"}, follow=True)
    assert "2 posts from “Bread” stand here now." in answer.content.decode()
    new = Topic.objects.get(title="Rye")
    to = f"http://localhost:8000/inside/topics/{new.pk}/?page=1#p1"
    client.post(address, {"do": "move", "post": "4", "to": to})
    assert said_in(new) == ["Bread 2", "Bread 3", "Bread 4"]
    assert client.post(address, {"do": "merge", "into": "99999"}).status_code == 422
    client.post(address, {"do": "merge", "into": str(new.pk), "posts": "3"})
    topic.refresh_from_db()
    assert topic.merged_into_id == new.pk
    assert browser(village.ben).get(address).status_code == 404
