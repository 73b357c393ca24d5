"""What went to another topic comes back as one, to its places; what cannot come back any more is refused with why."""

import pytest

from porch.conversation.answers.actions import choose_answer
from porch.conversation.moving.actions import OthersThanExpected, PollStays, merge_topic
from porch.conversation.moving.models import Transfer
from porch.conversation.moving.planning import plan_merge
from porch.conversation.moving.undoing import WasWrittenThere, WentOn, undo_transfer
from porch.conversation.posts.changing import delete_post
from porch.conversation.posts.models import Post
from porch.conversation.posts.reads import place_now
from porch.conversation.reading.actions import mark_read
from porch.conversation.reading.models import Reading
from porch.conversation.spaces.actions import archive_space
from porch.conversation.topics.finding import NotYoursToTend, SpaceIsArchived
from porch.conversation.topics.models import Topic
from porch.conversation.topics.rooms import StreamStays
from porch.conversation.topics.tending import WouldBeReadByOthers, pin_topic
from porch.engine.audit.models import AuditEntry
from porch.kit.refusals import NotFound
from porch.people.identity.models import Person
from tests.community.circles.making import member_of
from tests.conversation.polls.polling import poll_in
from tests.conversation.posts.test_split_and_merge import go, long_topic, merge, require_sound, said_in, split
from tests.conversation.talk import LATER, kitchen, noted, say, space_for
from tests.engine.promises.owing import at_once
from tests.village import NOON, Village, add_steward, browser, build_village

NAMES = ("pk", "topic", "number", "reply_to", "reply_topic", "source")


@pytest.fixture
def topic(village: Village) -> Topic:
    return long_topic(village)


@pytest.fixture
def other(village: Village, topic: Topic) -> Topic:
    return long_topic(village, "Cake", topic.space)


def undo(by: Person, transfer: Transfer | None = None) -> Topic:
    found = transfer or Transfer.objects.latest("pk")
    return undo_transfer(transfer_id=found.pk, by=by, at=LATER)


def as_it_stands() -> list[dict[str, object]]:
    return list(Post.objects.filter(moved_to__isnull=True).order_by("pk").values(*NAMES))


def test_a_merge_undone_puts_all_as_it_was(village: Village, topic: Topic, other: Topic) -> None:
    choose_answer(topic_id=topic.pk, number=4, by=village.ben, at=NOON)
    pin_topic(topic_id=topic.pk, is_pinned=True, by=village.ada, at=NOON)
    mark_read(topic_id=topic.pk, member_id=member_of(village.ada).pk, number=4, at=NOON)
    before = as_it_stands()
    merge(topic, other, village.ada)
    assert undo(village.ada) == topic
    topic.refresh_from_db()
    assert (topic.merged_into, topic.is_pinned, topic.answer, topic.title) == (None, True, 4, "Bread")
    assert as_it_stands() == before
    assert Reading.objects.get(member__person=village.ada, topic=topic).number == 4
    require_sound()
    assert noted()[-2:] == ["TopicParted", "AnswerAccepted"] or noted()[-2:] == [
        "AnswerAccepted",
        "TopicParted",
    ]
    assert AuditEntry.objects.filter(act="posts-moved-back", by_id=village.ada.pk).exists()
    assert not Transfer.objects.exists()


def test_what_was_written_since_stays_and_leads_to_what_it_answers(
    village: Village, topic: Topic, other: Topic
) -> None:
    merge(topic, other, village.ada)
    say(other, village.ben, "About bread", reply_to=8)
    undo(village.ada)
    assert said_in(other)[-1] == "About bread"
    assert place_now(other.pk, 8) == (topic.pk, 2)
    assert said_in(topic) == [f"Bread {n}" for n in range(1, 7)]
    require_sound()


def test_what_went_on_elsewhere_stays_there(village: Village, topic: Topic, other: Topic) -> None:
    merge(topic, other, village.ada)
    merged = Transfer.objects.latest("pk")
    third = split(other, village.ada, 8, 2)
    undo(village.ada, merged)
    assert said_in(third) == ["Cake 2", "Bread 2"]
    assert place_now(topic.pk, 2) == (third.pk, 2)
    assert said_in(topic) == ["Bread 1", "", "Bread 3", "Bread 4", "Bread 5", "Bread 6"]
    require_sound()


def test_only_what_went_in_the_merge_comes_back(village: Village, topic: Topic, other: Topic) -> None:
    go(topic, other, village.ada, 3)
    merge(topic, other, village.ada)
    undo(village.ada)
    assert said_in(topic) == ["Bread 1", "Bread 2", "", "Bread 4", "Bread 5", "Bread 6"]
    assert place_now(topic.pk, 3) == (other.pk, 7)
    undo(village.ada)
    assert said_in(topic)[2] == "Bread 3"
    require_sound()


def test_a_merge_into_what_went_on_is_not_undone(village: Village, topic: Topic, other: Topic) -> None:
    merge(topic, other, village.ada)
    first = Transfer.objects.latest("pk")
    merge(other, long_topic(village, "Pie", topic.space), village.ada)
    with pytest.raises(WentOn):
        undo(village.ada, first)
    undo(village.ada)
    undo(village.ada, first)
    require_sound()


def test_a_topic_without_its_first_post_does_not_come_back(
    village: Village, topic: Topic, other: Topic
) -> None:
    merge(topic, other, village.ada)
    merged = Transfer.objects.latest("pk")
    split(other, village.ada, 7)
    with pytest.raises(WentOn):
        undo(village.ada, merged)
    topic.refresh_from_db()
    assert topic.merged_into == other


def test_a_split_undone_is_one_topic_again(village: Village, topic: Topic) -> None:
    before = as_it_stands()
    new = split(topic, village.ada, 3, 4)
    assert undo(village.ada) == topic
    assert as_it_stands() == before
    new.refresh_from_db()
    assert new.merged_into == topic
    require_sound()


def test_a_split_in_which_something_was_said_is_not_undone(village: Village, topic: Topic) -> None:
    new = split(topic, village.ada, 3, 4)
    say(new, village.ben, "Here now")
    with pytest.raises(WasWrittenThere):
        undo(village.ada)
    assert said_in(new) == ["Bread 3", "Bread 4", "Here now"]


def test_nothing_comes_back_to_where_others_would_read_it(village: Village) -> None:
    opened = long_topic(village)
    closed = long_topic(village, "Cake", kitchen(village, village.ada, village.ben))
    assert not plan_merge(topic_id=opened.pk, into_id=closed.pk, by=village.ada).can_be_undone
    merge(opened, closed, village.ada)
    with pytest.raises(WouldBeReadByOthers):
        undo(village.ada)


def test_only_those_who_look_after_both_undo_it_and_once(
    village: Village, topic: Topic, other: Topic
) -> None:
    merge(topic, other, village.ada)
    done = Transfer.objects.get()
    with pytest.raises(NotYoursToTend):
        undo(village.ben)
    with pytest.raises(NotFound):
        undo(village.dov)
    undo(add_steward())
    with pytest.raises(NotFound):
        undo(village.ada, done)


def test_in_an_archived_space_nothing_is_undone(village: Village, topic: Topic) -> None:
    merge(topic, long_topic(village, "Cake"), village.ada)
    archive_space(space=topic.space, by=village.ada, at=LATER)
    with pytest.raises(SpaceIsArchived):
        undo(village.ada)


def test_a_merge_does_what_was_said_before_or_nothing(village: Village, topic: Topic, other: Topic) -> None:
    go(other, topic, village.ada, 2)
    plan = plan_merge(topic_id=topic.pk, into_id=other.pk, by=village.ada)
    assert (plan.posts, plan.back, plan.first, plan.last) == (7, 1, 7, 12)
    say(topic, village.ben, "One more")
    with pytest.raises(OthersThanExpected):
        merge_topic(topic_id=topic.pk, into_id=other.pk, by=village.ada, at=LATER, expected=plan.posts)
    merge_topic(topic_id=topic.pk, into_id=other.pk, by=village.ada, at=LATER, expected=8)
    assert said_in(other)[1] == "Cake 2"
    assert said_in(other)[6:] == [*(f"Bread {n}" for n in range(1, 7)), "One more"]


def test_a_room_is_not_merged(village: Village, topic: Topic) -> None:
    room = Topic.objects.get(space=space_for(village.ada, "Lounge", shape="room"))
    say(room, village.ben, "Hello")
    with pytest.raises(StreamStays):
        merge(room, topic, village.ada)


def test_a_poll_is_not_merged(village: Village, other: Topic) -> None:
    poll = poll_in(other.space, village.ben)
    with pytest.raises(PollStays):
        merge_topic(topic_id=poll.pk, into_id=other.pk, by=village.ada, at=LATER)


def test_an_answer_that_was_deleted_since_answers_no_more(
    village: Village, topic: Topic, other: Topic
) -> None:
    choose_answer(topic_id=topic.pk, number=4, by=village.ben, at=NOON)
    answer = Post.objects.get(topic=topic, number=4)
    merge(topic, other, village.ada)
    delete_post(post_id=answer.pk, by=village.ada, at=LATER)
    undo(village.ada)
    topic.refresh_from_db()
    assert topic.answer is None


def test_the_page_asks_before_it_merges_and_undoes_it(village: Village, topic: Topic, other: Topic) -> None:
    client, address = browser(village.ada), f"/inside/topics/{topic.pk}/splitting/"
    asked = client.post(address, {"do": "merge", "into": str(other.pk)}).content.decode()
    assert "6 posts go to the end of the other topic, as #7 to #12." in asked
    topic.refresh_from_db()
    assert topic.merged_into is None
    say(topic, village.ben, "Meanwhile")
    sure = {"do": "merge", "into": str(other.pk), "posts": "6"}
    again = client.post(address, sure)
    assert (again.status_code, "7 posts go" in again.content.decode()) == (409, True)
    page = client.post(address, {**sure, "posts": "7"}, follow=True).content.decode()
    assert "All of “Bread” went into this topic: 7 posts." in page
    number = Transfer.objects.get().pk
    assert f'name="transfer" value="{number}"' in page
    there = f"/inside/topics/{other.pk}/splitting/"
    assert "What came here" in client.get(there).content.decode()
    assert client.post(address, {"do": "undo", "transfer": str(number)}).status_code == 404
    back = client.post(there, {"do": "undo", "transfer": str(number)}, follow=True).content.decode()
    assert "It is undone" in back
    assert said_in(topic)[-1] == "Meanwhile"


def test_who_does_not_look_after_it_is_offered_no_undo(village: Village, topic: Topic, other: Topic) -> None:
    merge(topic, other, village.ada)
    client = browser(village.ben)
    client.cookies["porch-told"] = "posts-moved"
    assert 'name="transfer"' not in client.get(f"/inside/topics/{other.pk}/").content.decode()
    gone = {"do": "undo", "transfer": str(Transfer.objects.get().pk)}
    assert client.post(f"/inside/topics/{other.pk}/splitting/", gone).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_undo_it_at_once_and_one_writes() -> None:
    village = build_village()
    topic = long_topic(village)
    other = long_topic(village, "Cake", topic.space)
    merge(topic, other, village.ada)
    done = Transfer.objects.get()
    at_once(
        lambda: undo(village.ada, done),
        lambda: undo(village.ada, done),
        lambda: say(other, village.ben, "x"),
        lambda: go(other, topic, village.ada, 2),
        lambda: merge(other, topic, village.ada),
    )
    require_sound()


def test_the_page_shows_how_posts_begin_and_no_spoiler(village: Village, topic: Topic) -> None:
    say(topic, village.ben, "The **end**: ||she did it||")
    page = browser(village.ada).get(f"/inside/topics/{topic.pk}/splitting/").content.decode()
    assert "The end: [Spoiler]" in page
    assert "she did it" not in page
