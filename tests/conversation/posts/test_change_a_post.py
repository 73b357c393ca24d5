"""A post is edited by whoever wrote it, with its history; deleted and restored by those who may."""

from datetime import timedelta

import pytest

from porch.conversation.answers.actions import NoSuchAnswer, NotAQuestion, NotYourQuestion, choose_answer
from porch.conversation.posts.changing import (
    ChangedMeanwhile,
    NotYourPost,
    NotYoursToRestore,
    PostIsDeleted,
    delete_post,
    edit_post,
    restore_post,
)
from porch.conversation.posts.models import Deletion, Edition, Post
from porch.conversation.posts.writing import PostIsEmpty
from porch.conversation.topics.finding import TopicIsClosed
from porch.conversation.topics.models import Topic
from porch.conversation.topics.tending import close_topic
from porch.engine.audit.models import AuditEntry
from porch.kit.refusals import NotFound, Refusal
from tests.conversation.talk import LATER, kitchen, noted, say, space_for, topic_in
from tests.engine.promises.owing import at_once
from tests.village import Village, add_steward, build_village


@pytest.fixture
def bread(village: Village) -> Topic:
    return topic_in(space_for(village.ada), village.ben, kind="question")


def by_ben(topic: Topic) -> Post:
    return Post.objects.get(topic=topic, number=1)


def edit(post: Post, village: Village, source: str = "Spelt.", edits: int = 0) -> Post:
    return edit_post(post_id=post.pk, source=source, edits=edits, by=village.ben, at=LATER)


def test_what_it_said_before_stays_to_be_read(village: Village, bread: Topic) -> None:
    post = edit(by_ben(bread), village, "**Spelt.**")
    edit(post, village, "Oats.", edits=1)
    post.refresh_from_db()
    assert (post.source, post.edits, post.edited_at) == ("Oats.", 2, LATER)
    before = list(Edition.objects.order_by("number").values_list("source", flat=True))
    assert before == ["Rye or wheat?", "**Spelt.**"]


def test_the_same_words_are_no_change(village: Village, bread: Topic) -> None:
    edit(by_ben(bread), village, "Rye or wheat?")
    assert not Edition.objects.exists()
    assert "PostEdited" not in noted()


def test_two_edits_of_one_wording_lose_nothing(village: Village, bread: Topic) -> None:
    post = by_ben(bread)
    edit(post, village, "First.")
    with pytest.raises(ChangedMeanwhile):
        edit(post, village, "Second.")
    post.refresh_from_db()
    assert post.source == "First."


@pytest.mark.parametrize("who", ["ada", "dov"])
def test_nobody_changes_what_another_said(village: Village, bread: Topic, who: str) -> None:
    no: type[Refusal] = NotYourPost if who == "ada" else NotFound
    with pytest.raises(no):
        edit_post(post_id=by_ben(bread).pk, source="x", edits=0, by=getattr(village, who), at=LATER)


def test_an_empty_edit_is_refused(village: Village, bread: Topic) -> None:
    with pytest.raises(PostIsEmpty):
        edit(by_ben(bread), village, "  ")


def test_nothing_is_changed_in_a_closed_topic(village: Village, bread: Topic) -> None:
    close_topic(topic_id=bread.pk, by=village.ada, at=LATER)
    with pytest.raises(TopicIsClosed):
        edit(by_ben(bread), village)


def test_a_deleted_post_is_not_changed(village: Village, bread: Topic) -> None:
    delete_post(post_id=by_ben(bread).pk, by=village.ben, at=LATER)
    with pytest.raises(PostIsDeleted):
        edit(by_ben(bread), village)


def test_whoever_wrote_it_deletes_and_restores_it(village: Village, bread: Topic) -> None:
    post = by_ben(bread)
    for _ in range(2):
        delete_post(post_id=post.pk, by=village.ben, at=LATER)
    assert Deletion.objects.get().by_author
    restore_post(post_id=post.pk, by=village.ben, at=LATER)
    assert not Deletion.objects.exists()
    assert noted()[-2:] == ["PostDeleted", "PostRestored"]
    assert not AuditEntry.objects.filter(act__startswith="post").exists(), "what one does with one's own"


def test_a_steward_deletes_it_and_only_stewards_restore_it(village: Village, bread: Topic) -> None:
    post, sol = by_ben(bread), add_steward()
    delete_post(post_id=post.pk, by=sol, at=LATER, reason="An advertisement")
    entry = AuditEntry.objects.get(act="post-deleted")
    assert (entry.by_id, entry.about_id, entry.reason) == (sol.pk, village.ben.pk, "An advertisement")
    with pytest.raises(NotYoursToRestore):
        restore_post(post_id=post.pk, by=village.ben, at=LATER)
    restore_post(post_id=post.pk, by=sol, at=LATER)
    assert not Deletion.objects.exists()


def test_nobody_else_deletes_or_restores_it(village: Village, bread: Topic) -> None:
    post = say(bread, village.ada)
    with pytest.raises(NotYourPost):
        delete_post(post_id=post.pk, by=village.ben, at=LATER)
    with pytest.raises(NotFound):
        delete_post(post_id=post.pk, by=village.dov, at=LATER)
    delete_post(post_id=post.pk, by=village.ada, at=LATER)
    with pytest.raises(NotYourPost):
        restore_post(post_id=post.pk, by=village.ben, at=LATER)


def test_a_post_that_one_does_not_reach_is_not_there(village: Village) -> None:
    post = by_ben(topic_in(kitchen(village), village.ada))
    for act in (delete_post, restore_post):
        with pytest.raises(NotFound):
            act(post_id=post.pk, by=village.ben, at=LATER)
    with pytest.raises(NotFound):
        delete_post(post_id=0, by=village.ada, at=LATER)


def test_whoever_asked_says_what_answers_it(village: Village, bread: Topic) -> None:
    post = say(bread, village.ada)
    chosen = choose_answer(topic_id=bread.pk, number=post.number, by=village.ben, at=LATER)
    assert chosen.answer == 2
    assert choose_answer(topic_id=bread.pk, number=None, by=village.ben, at=LATER).answer is None
    assert noted()[-2:] == ["AnswerAccepted", "AnswerWithdrawn"]


def test_an_answer_that_is_deleted_answers_no_more(village: Village, bread: Topic) -> None:
    post = say(bread, village.ada)
    choose_answer(topic_id=bread.pk, number=2, by=village.ben, at=LATER)
    delete_post(post_id=post.pk, by=village.ada, at=LATER)
    bread.refresh_from_db()
    assert bread.answer is None
    with pytest.raises(NoSuchAnswer):
        choose_answer(topic_id=bread.pk, number=2, by=village.ben, at=LATER)


@pytest.mark.parametrize("number", [0, 1, 9])
def test_the_question_is_not_its_own_answer(village: Village, bread: Topic, number: int) -> None:
    with pytest.raises(NoSuchAnswer):
        choose_answer(topic_id=bread.pk, number=number, by=village.ben, at=LATER)


def test_only_questions_are_answered_and_not_by_anyone(village: Village) -> None:
    space = space_for(village.ada)
    plain, asked = topic_in(space, village.ben), topic_in(space, village.ada, kind="question")
    say(asked, village.ben)
    with pytest.raises(NotAQuestion):
        choose_answer(topic_id=plain.pk, number=None, by=village.ben, at=LATER)
    with pytest.raises(NotYourQuestion):
        choose_answer(topic_id=asked.pk, number=2, by=village.ben, at=LATER)


@pytest.mark.django_db(transaction=True)
def test_two_edits_at_once_leave_one_and_a_refusal() -> None:
    village = build_village()
    post = by_ben(topic_in(space_for(village.ada), village.ben))
    said = at_once(*[lambda words=words: edit(post, village, words) for words in ("One.", "Two.")])
    assert sorted(type(each).__name__ for each in said) == ["ChangedMeanwhile", "Post"]
    assert Edition.objects.count() == 1


def test_the_time_of_each_wording_is_kept(village: Village, bread: Topic) -> None:
    post = edit(by_ben(bread), village, "One.")
    edit_post(post_id=post.pk, source="Two.", edits=1, by=village.ben, at=LATER + timedelta(hours=1))
    assert list(Edition.objects.order_by("number").values_list("since", flat=True)) == [post.at, LATER]
