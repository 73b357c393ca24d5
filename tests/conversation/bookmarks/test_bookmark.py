"""Members keep posts to come back to, and are reminded once; nobody else learns of it."""

import contextlib
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from porch.community.circles.actions import leave_circle
from porch.community.leaving.actions import leave
from porch.conversation.bookmarks.actions import bookmark, drop_bookmark, remind_due
from porch.conversation.bookmarks.models import Bookmark
from porch.conversation.bookmarks.reads import bookmarks_of
from porch.conversation.bookmarks.times import NoSuchTime, TimeIsOver, TimeIsTooFar, read_choice
from porch.conversation.drafts.actions import Place, Words, keep_draft
from porch.conversation.posts.changing import delete_post
from porch.conversation.posts.models import Post
from porch.engine.facts.pull import pull
from porch.kit.refusals import NotFound
from tests.community.circles.making import member_of
from tests.conversation.direct.whispers import write_to
from tests.conversation.talk import LATER, kitchen, space_for, topic_in
from tests.engine.promises.owing import at_once
from tests.village import NOON, Village, browser, build_village

SOON = LATER + timedelta(hours=2)
SECOND = timedelta(seconds=1)


@pytest.fixture
def post(village: Village) -> Post:
    return Post.objects.get(topic=topic_in(space_for(village.ada), village.ben))


def due() -> list[dict[str, object]]:
    return [dict(each.ids) for each in pull("community", most=10_000) if each.kind == "ReminderReached"]


def test_kept_changed_and_dropped(village: Village, post: Post) -> None:
    bookmark(post_id=post.pk, by=village.ada, at=LATER, note=" Read  it ")
    made = bookmark(post_id=post.pk, by=village.ada, at=LATER, note="Again", remind_at=SOON)
    assert (Bookmark.objects.get(), made.note, made.remind_at) == (made, "Again", SOON)
    assert list(bookmarks_of(village.ben.pk)) == []
    assert drop_bookmark(post_id=post.pk, by=village.ben) is None
    assert drop_bookmark(post_id=post.pk, by=village.ada) == made
    assert drop_bookmark(post_id=post.pk, by=village.ada) is None


def test_it_reminds_at_its_second_and_once(village: Village, post: Post) -> None:
    made = bookmark(post_id=post.pk, by=village.ada, at=LATER, remind_at=SOON)
    assert remind_due(at=SOON - SECOND) == 0
    assert remind_due(at=SOON, hold=True) == 0
    assert remind_due(at=SOON) == 1
    assert remind_due(at=SOON + SECOND) == 0
    ids = {"bookmark_id": made.pk, "post_id": post.pk, "member_id": member_of(village.ada).pk}
    assert [{name: each[name] for name in ids} for each in due()] == [ids]


def test_a_changed_note_does_not_remind_anew_and_a_changed_time_does(village: Village, post: Post) -> None:
    bookmark(post_id=post.pk, by=village.ada, at=LATER, remind_at=SOON)
    remind_due(at=SOON)
    bookmark(post_id=post.pk, by=village.ada, at=SOON + SECOND, note="x", remind_at=SOON)
    assert remind_due(at=SOON + SECOND) == 0
    bookmark(post_id=post.pk, by=village.ada, at=SOON + SECOND, remind_at=SOON + 5 * SECOND)
    assert remind_due(at=SOON + 5 * SECOND) == 1


def test_times_that_are_over_or_far_are_refused(village: Village, post: Post) -> None:
    for at, refusal in ((LATER, TimeIsOver), (LATER + timedelta(days=1831), TimeIsTooFar)):
        with pytest.raises(refusal):
            bookmark(post_id=post.pk, by=village.ada, at=LATER, remind_at=at)
    bookmark(post_id=post.pk, by=village.ada, at=LATER, remind_at=LATER + SECOND)


def test_whoever_does_not_reach_the_post_keeps_nothing_and_hears_nothing(village: Village) -> None:
    topic = topic_in(kitchen(village, village.ada, village.ben), village.ada)
    post = Post.objects.get(topic=topic)
    with pytest.raises(NotFound):
        bookmark(post_id=post.pk, by=village.dov, at=LATER)
    bookmark(post_id=post.pk, by=village.ben, at=LATER, remind_at=SOON)
    leave_circle(circle=topic.space.circle, by=village.ben, at=LATER)
    assert list(bookmarks_of(village.ben.pk)) == []
    assert (remind_due(at=SOON), due()) == (0, [])
    assert topic.title not in browser(village.ben).get("/inside/bookmarks/").content.decode()


def test_who_left_and_what_was_deleted_is_passed_over(village: Village, post: Post) -> None:
    other = Post.objects.get(topic=topic_in(post.topic.space, village.ada, "Other"))
    for each in (post, other):
        bookmark(post_id=each.pk, by=village.ben, at=LATER, remind_at=SOON)
    bookmark(post_id=other.pk, by=village.ada, at=LATER, remind_at=SOON)
    delete_post(post_id=other.pk, by=village.ada, at=LATER)
    leave(person=village.ben, wants_erasure=False, stops_mail=False, at=LATER)
    assert (remind_due(at=SOON), due()) == (0, [])


@pytest.mark.django_db(transaction=True)
def test_two_rounds_at_once_remind_once() -> None:
    village = build_village()
    post = Post.objects.get(topic=topic_in(space_for(village.ada), village.ben))
    for who in (village.ada, village.ben):
        bookmark(post_id=post.pk, by=who, at=LATER, remind_at=SOON)
    came = at_once(*[lambda: remind_due(at=SOON)] * 3)
    assert (sum(came), len(due())) == (2, 2)


@pytest.mark.django_db(transaction=True)
def test_bookmarked_twice_at_once_it_is_there_once() -> None:
    village = build_village()
    post = Post.objects.get(topic=topic_in(space_for(village.ada), village.ben))
    at_once(*[lambda: bookmark(post_id=post.pk, by=village.ada, at=LATER)] * 3)
    assert Bookmark.objects.count() == 1


def test_choices_are_read_in_the_zone_of_whoever_chooses() -> None:
    there = ZoneInfo("Pacific/Auckland")
    late = datetime(2026, 3, 2, 12, 30, tzinfo=UTC)  # there it is half past one on Tuesday
    assert read_choice("", "", there=there, at=late) is None
    for choice, typed, expected in (
        ("tomorrow", "", datetime(2026, 3, 4, 9, tzinfo=there)),
        ("week", "", datetime(2026, 3, 9, 9, tzinfo=there)),
        ("chosen", "2026-03-05T17:45", datetime(2026, 3, 5, 17, 45, tzinfo=there)),
    ):
        assert read_choice(choice, typed, there=there, at=late) == expected


@given(st.text(max_size=20), st.text(max_size=20))
def test_whatever_is_typed_is_a_time_or_refused(choice: str, typed: str) -> None:
    for each in (choice, "chosen"):
        with contextlib.suppress(NoSuchTime):
            assert read_choice(each, typed, there=ZoneInfo("UTC"), at=NOON) is None or each


@pytest.mark.parametrize(
    "typed", ["", "2026-13-01T00:00", "2026-03-05T17:45Z", "99999-01-01T00:00", "0001-01-01T00:00"]
)
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(NoSuchTime):
        read_choice("chosen", typed, there=ZoneInfo("Asia/Tokyo"), at=NOON)


def test_the_page_keeps_lists_drops_and_puts_back(village: Village, post: Post) -> None:
    client, address = browser(village.ada), f"/inside/posts/{post.pk}/bookmark/"
    assert client.post(address, {"note": "Try rye", "when": "tomorrow"}).status_code == 302
    assert ">Bookmarked<" in client.get(f"/inside/topics/{post.topic_id}/").content.decode()
    listed = client.get("/inside/bookmarks/").content.decode()
    assert "Try rye" in listed
    assert "Reminder" in listed
    dropped = client.post(address, {"is": "dropped"}).content.decode()
    assert "The bookmark is gone." in dropped
    assert not Bookmark.objects.exists()
    assert 'name="note" value="Try rye"' in dropped
    refused = client.post(address, {"when": "chosen", "time": "nonsense", "note": "Keep me"})
    assert (refused.status_code, "Keep me" in refused.content.decode()) == (422, True)


def test_a_direct_conversation_is_named_by_those_in_it(village: Village) -> None:
    said = write_to(village.ben, by=village.ada)
    bookmark(post_id=said.pk, by=village.ben, at=LATER)
    page = browser(village.ben).get("/inside/bookmarks/").content.decode()
    assert f">{village.ada.name}</a>" in page
    assert "Direct conversation" not in page
    place = Place(topic_id=said.topic_id)
    keep_draft(place=place, words=Words("And then"), version=0, by=village.ben, at=LATER)
    page = browser(village.ben).get("/inside/drafts/").content.decode()
    assert f">{village.ada.name}</a>" in page
    assert "Direct conversation" not in page
