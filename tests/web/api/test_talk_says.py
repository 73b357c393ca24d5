"""What is written, changed, deleted and listed through the API: what becomes of it, and what is not told."""

import json
from datetime import timedelta
from typing import Any

import pytest

from porch.conversation.posts.changing import delete_post, hide_post
from porch.conversation.posts.models import Post
from porch.conversation.posts.writing import write_post
from porch.conversation.reading.models import Reading
from porch.conversation.topics.models import Topic
from porch.engine.audit.models import AuditEntry
from porch.kit.time import now
from porch.moderation.holding.models import HeldPost
from tests.conversation.talk import kitchen, say, space_for, topic_in
from tests.moderation.hands import SPAM, newcomer
from tests.village import NOON, Village
from tests.web.api.callers import Program, program_of
from tests.web.api.test_lists import walk


def send(program: Program, method: str, path: str, body: object = None, key: str = "") -> Any:
    headers = {"idempotency-key": key} if key else None
    return program.send(method, path, json.dumps(body) if body is not None else None, headers=headers)


@pytest.fixture
def topic(village: Village) -> Topic:
    return topic_in(space_for(village.ada), village.ben)


def test_what_is_sent_twice_under_one_key_is_said_once(topic: Topic, village: Village) -> None:
    program, path = program_of(village.ben), f"/topics/{topic.pk}/posts"
    first, second = (send(program, "POST", path, {"source": "Rye."}, "k1") for _ in range(2))
    assert first.json() == second.json()
    assert first.json()["post"]["number"] == 2
    assert Post.objects.filter(topic=topic).count() == 2


def test_what_waits_for_a_look_is_kept_and_is_no_post(topic: Topic) -> None:
    program = program_of(newcomer("spike", at=now() - timedelta(days=1)))
    for path, more in (
        (f"/topics/{topic.pk}/posts", {}),
        (f"/spaces/{topic.space_id}/topics", {"title": "Pills"}),
    ):
        answer = send(program, "POST", path, {"source": f"{SPAM} {path}", **more})
        assert answer.json() == {"post": None, "is_held": True}
    assert HeldPost.objects.count() == 2
    assert Post.objects.count() == 1
    assert len(program.get("/me/held-posts").json()["items"]) == 2


def test_a_held_post_is_kept_once_under_one_key(topic: Topic) -> None:
    spike = newcomer("spike", at=now() - timedelta(days=1))
    program, path = program_of(spike), f"/topics/{topic.pk}/posts"
    for _ in range(3):
        answer = send(program, "POST", path, {"source": SPAM}, "k1")
        assert answer.json() == {"post": None, "is_held": True}
    assert HeldPost.objects.filter(author=spike).count() == 1


def test_a_change_that_comes_late_gets_both_wordings_and_changes_nothing(
    topic: Topic, village: Village
) -> None:
    program, first = program_of(village.ben), Post.objects.get(topic=topic)
    path = f"/posts/{first.pk}"
    assert send(program, "PUT", path, {"source": "Rye!", "edits": 0}).json()["edits"] == 1
    late = send(program, "PUT", path, {"source": "Wheat!", "edits": 0})
    assert (late.status_code, late.json()["code"]) == (409, "was-changed")
    assert late.json()["current"] == {"source": "Rye!", "edits": 1, "yours": "Wheat!"}
    assert program.get(path).json()["source"] == "Rye!"
    assert send(program, "PUT", path, {"source": "Wheat!", "edits": 1}).json()["source"] == "Wheat!"
    before = program.get(f"{path}/editions").json()["items"]
    assert [each["source"] for each in before] == ["Rye or wheat?", "Rye!"]


def test_only_its_writer_changes_a_post_and_learns_of_no_wording_otherwise(
    topic: Topic, village: Village
) -> None:
    first = Post.objects.get(topic=topic)
    answer = send(program_of(village.ada), "PUT", f"/posts/{first.pk}", {"source": "Mine.", "edits": 7})
    assert (answer.status_code, answer.json()["code"]) == (403, "not-your-post")
    assert "current" not in answer.json()
    assert "Rye or wheat?" not in answer.text


@pytest.mark.parametrize("how", ["deleted", "hidden", "by a steward"])
def test_what_a_post_said_is_told_nowhere_once_it_is_gone(how: str, topic: Topic, village: Village) -> None:
    post = say(topic, village.ben, "A slip.")
    ada = program_of(village.ada)
    send(ada, "PUT", f"/posts/{post.pk}/reactions/👍")
    send(ada, "PUT", f"/posts/{post.pk}/bookmark", {})
    if how == "hidden":
        hide_post(post=post, topic=topic, at=NOON)
    else:
        delete_post(post_id=post.pk, by=village.ada if how == "by a steward" else village.ben, at=NOON)
    for program in (ada, program_of(village.ben)):
        said = program.get(f"/posts/{post.pk}").json()
        assert (said["source"], said["html"], said["author"], said["reactions"]) == ("", "", None, [])
        assert said["deleted"]["is_hidden"] is (how == "hidden")
        for path in (f"/topics/{topic.pk}/posts", "/search?q=slip", "/me/bookmarks"):
            assert "slip" not in program.get(path).text
        for path in ("editions", "reactions"):
            assert program.get(f"/posts/{post.pk}/{path}").status_code == 404


def test_the_act_of_a_steward_stands_in_the_log_of_whom_it_concerns(topic: Topic, village: Village) -> None:
    post = say(topic, village.ben)
    send(program_of(village.ada), "PUT", f"/posts/{post.pk}/deletion", {"reason": "Off the point."})
    row = AuditEntry.objects.latest("pk")
    assert (row.about_id, row.reason) == (village.ben.pk, "Off the point.")


def test_posts_come_by_number_whatever_the_size_of_a_part(topic: Topic, village: Village) -> None:
    for n in range(34):
        say(topic, village.ben if n % 2 else village.ada, f"Loaf {n}")
    there = list(Post.objects.filter(topic=topic).order_by("number").values_list("pk", flat=True))
    program = program_of(village.ben)
    for limit in (1, 7, 30):
        assert walk(program, f"/topics/{topic.pk}/posts?limit={limit}") == there
    rest = program.get(f"/topics/{topic.pk}/posts?after=33").json()
    assert [each["number"] for each in rest["items"]] == [34, 35]
    assert program.get(f"/topics/{topic.pk}/posts?limit=31").status_code == 422


def test_topics_come_pinned_first_and_then_by_their_newest_post(village: Village) -> None:
    space = space_for(village.ada)
    topics = [topic_in(space, village.ben, f"Loaf {n}") for n in range(5)]
    newest_last = [topics[n] for n in (0, 4, 1, 2, 3)]
    for hours, topic in enumerate(newest_last):
        at = NOON + timedelta(hours=1 + hours)
        write_post(topic_id=topic.pk, source="Rye.", by=village.ada, at=at)
    program = program_of(village.ada)
    send(program, "PUT", f"/topics/{topics[0].pk}/pin")
    order = [topics[n].pk for n in (0, 3, 2, 1, 4)]
    for limit in (1, 2, 4, 5, 100):
        assert walk(program, f"/spaces/{space.pk}/topics?limit={limit}") == order
    for limit in (1, 3, 100):
        assert walk(program, f"/topics?limit={limit}") == [*order[1:], order[0]], (
            "the newest first, pinned or not"
        )


def test_what_is_new_is_counted_as_on_the_page_and_can_be_asked_for_alone(village: Village) -> None:
    space = space_for(village.ada)
    read, new = (topic_in(space, village.ben, title) for title in ("Read", "New"))
    program = program_of(village.ada)
    assert send(program, "PUT", f"/topics/{read.pk}/reading", {"number": 1}).json() == {"read_to": 1}
    say(new, village.ben)
    items = {each["title"]: each for each in program.get("/topics").json()["items"]}
    assert (items["Read"]["fresh"], items["New"]["fresh"]) == (0, 2)
    assert [each["title"] for each in program.get("/topics?unread=true").json()["items"]] == ["New"]
    send(program, "PUT", f"/topics/{new.pk}/level", {"level": "mute"})
    assert program.get("/topics?unread=true").json()["items"] == []


def test_reading_goes_on_and_back_and_looking_is_no_reading(topic: Topic, village: Village) -> None:
    for _ in range(3):
        say(topic, village.ben)
    program, path = program_of(village.ada), f"/topics/{topic.pk}"
    program.get(path)
    program.get(f"{path}/posts")
    assert not Reading.objects.filter(member__person=village.ada).exists()
    for sent, kept in ((3, 3), (1, 1), (99, 4), (0, 0)):
        assert send(program, "PUT", f"{path}/reading", {"number": sent}).json() == {"read_to": kept}
        assert program.get(path).json()["read_to"] == kept


def test_a_topic_is_found_by_its_tag_however_it_is_spelt(topic: Topic, village: Village) -> None:
    program = program_of(village.ben)
    send(program, "PUT", f"/topics/{topic.pk}/tags", {"tags": ["Rye", "Old mill"]})
    assert program.get(f"/topics/{topic.pk}").json()["tags"] == ["Rye", "Old mill"]
    for tag in ("rye", "RYE", "old%20mill"):
        assert [each["id"] for each in program.get(f"/topics?tag={tag}").json()["items"]] == [topic.pk]


def test_a_tag_that_nobody_uses_and_one_of_others_look_the_same(topic: Topic, village: Village) -> None:
    theirs = topic_in(kitchen(village, village.ada), village.ada, "Cellar", tags="Yeast")
    ben = program_of(village.ben)
    found = [each["id"] for each in program_of(village.ada).get("/topics?tag=yeast").json()["items"]]
    assert found == [theirs.pk]
    hidden, nothing = (ben.get(f"/topics?tag={tag}") for tag in ("yeast", "nothing"))
    assert hidden.json() == nothing.json() == {"items": [], "next": None}
    assert (
        (hidden.status_code, hidden.get("Link")) == (nothing.status_code, nothing.get("Link")) == (200, None)
    )
    # Nor does it come with a topic of one's own that bears it.
    send(ben, "PUT", f"/topics/{topic.pk}/tags", {"tags": ["Yeast"]})
    assert [each["id"] for each in ben.get("/topics?tag=yeast").json()["items"]] == [topic.pk]


def test_a_topic_goes_into_another_and_its_address_says_where(topic: Topic, village: Village) -> None:
    other = topic_in(topic.space, village.ben, "Rolls")
    say(topic, village.ben, "Corn.")
    ada = program_of(village.ada)
    made = send(ada, "POST", f"/topics/{topic.pk}/splitting", {"numbers": [2], "title": "Corn"}).json()
    assert (made["title"], made["posts"]) == ("Corn", 1)
    sign = ada.get(f"/topics/{topic.pk}/posts").json()["items"][1]
    assert (sign["html"], sign["author"], sign["moved_to_id"] is not None) == ("", None, True)
    send(ada, "POST", f"/topics/{topic.pk}/merging", {"into_topic_id": other.pk})
    assert ada.get(f"/topics/{topic.pk}").json()["merged_into_id"] == other.pk
    wrong = send(ada, "POST", f"/topics/{other.pk}/splitting", {"numbers": [2]})
    assert wrong.json()["errors"][0]["field"] == "body.title"


def test_what_was_said_for_few_is_not_opened_to_all(village: Village) -> None:
    ada = program_of(village.ada)
    circle = send(ada, "POST", "/circles", {"name": "Bakers"}).json()["id"]
    space = send(ada, "POST", "/spaces", {"name": "Oven", "circle_id": circle}).json()
    send(ada, "POST", f"/spaces/{space['id']}/topics", {"title": "Rye", "source": "Dark."})
    refused = send(ada, "PATCH", f"/spaces/{space['id']}", {"circle_id": None})
    assert refused.json()["code"] == "was-said-for-fewer"
    assert send(ada, "PATCH", f"/spaces/{space['id']}", {"name": "Kiln"}).json()["circle_id"] == circle


def test_markdown_is_shown_and_nothing_is_kept(topic: Topic, village: Village) -> None:
    posts = Post.objects.count()
    answer = send(program_of(village.ben), "POST", "/rendering", {"source": "**Rye** <script>x</script>"})
    assert "<strong>Rye</strong>" in answer.json()["html"]
    assert "<script>" not in answer.json()["html"]
    assert Post.objects.count() == posts
