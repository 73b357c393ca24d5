"""What open pages hear of a topic: the same for everyone, and nothing that one of them may not see."""

import pytest

from porch.conversation.answers.actions import choose_answer
from porch.conversation.moving.actions import merge_topic, split_topic
from porch.conversation.moving.models import Transfer
from porch.conversation.moving.undoing import undo_transfer
from porch.conversation.pages.live import head_of
from porch.conversation.posts.changing import delete_post, edit_post, restore_post
from porch.conversation.topics.tending import close_topic, rename_topic
from porch.engine.facts.pull import newest, pull
from porch.web.news import Frame, channels_of, frames_of
from tests.conversation.talk import LATER, say, space_for, topic_in
from tests.village import Village, add_steward, browser

SECRET = "the yeast is in the attic"


def told(after: int) -> list[Frame]:
    return [
        frame for fact in pull("community", after=after) if channels_of(fact) for frame in frames_of(fact)
    ]


def test_a_post_is_told_on_the_channel_of_its_topic(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ben)
    after = newest("community")
    say(topic, village.ada, "Rye, **of course**.")
    (fact,) = [each for each in pull("community", after=after) if each.kind == "PostWritten"]
    assert channels_of(fact) == [f"topic-{topic.pk}"]
    (frame,) = frames_of(fact)
    assert (frame.event, frame.key) == ("post", "p2")
    assert "<strong>of course</strong>" in frame.html
    assert frame.html.startswith('<li class="post" id="p2" data-author=')


def test_a_deleted_post_is_told_without_what_it_said_or_who_said_it(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ada)
    after = newest("community")
    post = say(topic, village.ben, SECRET)
    delete_post(post_id=post.pk, by=village.ben, at=LATER)
    frames = told(after)
    assert [frame.key for frame in frames] == ["p2", "p2"]
    for frame in frames:
        assert SECRET not in frame.html
        assert "Ben" not in frame.html
        assert "data-author" not in frame.html
    restore_post(post_id=post.pk, by=village.ben, at=LATER)
    assert SECRET in told(after)[-1].html


def test_an_edit_is_told_as_it_stands(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ada)
    post = say(topic, village.ben, SECRET)
    after = newest("community")
    edit_post(post_id=post.pk, source="Nothing.", edits=0, by=village.ben, at=LATER)
    (frame,) = told(after)
    assert SECRET not in frame.html
    assert "Nothing." in frame.html


def test_an_answer_is_told_with_the_one_before_it(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ben, kind="question")
    for _ in range(2):
        say(topic, village.ada)
    choose_answer(topic_id=topic.pk, number=2, by=village.ben, at=LATER)
    after = newest("community")
    choose_answer(topic_id=topic.pk, number=3, by=village.ben, at=LATER)
    frames = told(after)
    assert [frame.key for frame in frames] == ["p3", "p2", "head"]
    assert ["is-answer" in frame.html for frame in frames] == [True, False, False]
    assert f"/inside/topics/{topic.pk}/3/" in frames[2].html


def test_a_name_and_a_closing_are_told(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ben)
    after = newest("community")
    rename_topic(topic_id=topic.pk, title="Loaves", by=village.ben, at=LATER)
    close_topic(topic_id=topic.pk, by=village.ada, at=LATER)
    frames = told(after)
    assert [frame.event for frame in frames] == ["topic", "topic", "changed"]
    assert "Loaves" in frames[0].html


@pytest.mark.parametrize("who", ["ada", "ben", "sol"])
def test_a_page_shows_of_each_post_what_a_frame_does_and_no_more(who: str, village: Village) -> None:
    """What a browser does not take away from a frame is what the page of somebody has, and nothing is added."""
    people = {"ada": village.ada, "ben": village.ben, "sol": add_steward()}
    topic = topic_in(space_for(village.ada), village.ben, kind="question")
    after = newest("community")
    for person in people.values():
        say(topic, person)
    page = browser(people[who]).get(f"/inside/topics/{topic.pk}/").content.decode()
    for frame in told(after):
        for line in frame.html.splitlines():
            if "data-for" not in line:
                assert line in page
    assert ('data-for="marks"' in page) == (who in ("ada", "ben", "sol"))
    own = {"ada": 1, "ben": 2, "sol": 1}[who]
    assert page.count('data-for="author"') == own


def test_a_topic_that_is_not_there_has_no_head(village: Village) -> None:
    assert head_of(99) == ""


def test_a_topic_to_which_posts_go_is_told_too(village: Village) -> None:
    space = space_for(village.ada)
    topic, other = topic_in(space, village.ada), topic_in(space, village.ada, "Cake")
    say(topic, village.ada)
    after = newest("community")
    merge_topic(topic_id=topic.pk, into_id=other.pk, by=village.ada, at=LATER)
    undo_transfer(transfer_id=Transfer.objects.latest("pk").pk, by=village.ada, at=LATER)
    told = [(fact.kind, channels_of(fact)) for fact in pull("community", after=after)]
    both = {f"topic-{topic.pk}", f"topic-{other.pk}"}
    assert {kind: set(names) for kind, names in told if kind in ("TopicMerged", "TopicParted")} == {
        "TopicMerged": both,
        "TopicParted": both,
    }
    to = split_topic(topic_id=topic.pk, numbers=[2], title="Rye", by=village.ada, at=LATER)
    (split,) = [fact for fact in pull("community", after=after) if fact.kind == "TopicSplit"]
    assert channels_of(split) == [f"topic-{to.pk}"]
