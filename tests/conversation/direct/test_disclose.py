"""What a participant hands to others."""

import pytest

from porch.conversation.direct.changing import leave_group
from porch.conversation.direct.disclosing import MOST_DISCLOSED, TooMuchDisclosed, disclose
from porch.conversation.posts.changing import delete_post, edit_post
from porch.conversation.posts.models import Post
from porch.kit.refusals import NotFound
from tests.conversation.direct.whispers import group, join, pair
from tests.conversation.talk import LATER, say, space_for, topic_in
from tests.village import Village


def test_the_chosen_posts_are_given_in_order_and_no_other(village: Village) -> None:
    topic = pair(village.ben, village.ada)
    kept, second, third = (say(topic, village.ada, text) for text in ("Kept", "Second", "Third"))
    assert [each.source for each in disclose([third.pk, second.pk], village.ben)] == ["Second", "Third"]
    assert kept.source not in {each.source for each in disclose([third.pk], village.ben)}


def test_what_it_said_before_is_given_too(village: Village) -> None:
    post = say(pair(village.ben, village.ada), village.ada, "Rude.")
    edit_post(post_id=post.pk, source="Kind.", edits=0, by=village.ada, at=LATER)
    (found,) = disclose([post.pk], village.ben)
    assert (found.source, found.earlier, found.author_id) == ("Kind.", ("Rude.",), village.ada.pk)


def test_nobody_discloses_what_they_do_not_reach(village: Village) -> None:
    eve = join("eve")
    topic = group(village.ben, village.ada, eve)
    post = Post.objects.get(topic=topic)
    assert len(disclose([post.pk], eve)) == 1
    leave_group(topic_id=topic.pk, by=eve, at=LATER)
    for by in (eve, village.dov, join("kim")):
        with pytest.raises(NotFound):
            disclose([post.pk], by)


def test_what_is_said_in_a_space_is_not_disclosed_this_way(village: Village) -> None:
    post = say(topic_in(space_for(village.ada), village.ben), village.ada)
    with pytest.raises(NotFound):
        disclose([post.pk], village.ben)


def test_two_conversations_are_not_disclosed_in_one(village: Village) -> None:
    one, other = pair(village.ben, village.ada), pair(village.ben, join("eve"))
    with pytest.raises(NotFound):
        disclose([Post.objects.get(topic=each).pk for each in (one, other)], village.ben)


def test_nothing_and_what_was_deleted_are_not_disclosed(village: Village) -> None:
    post = say(pair(village.ben, village.ada), village.ada)
    delete_post(post_id=post.pk, by=village.ada, at=LATER)
    for chosen in ([], [post.pk]):
        with pytest.raises(NotFound):
            disclose(chosen, village.ben)


def test_a_report_shows_a_few_posts(village: Village) -> None:
    topic = pair(village.ben, village.ada)
    posts = [say(topic, village.ada, f"Post {n}").pk for n in range(MOST_DISCLOSED + 1)]
    assert len(disclose(posts[1:], village.ben)) == MOST_DISCLOSED
    with pytest.raises(TooMuchDisclosed):
        disclose(posts, village.ben)
