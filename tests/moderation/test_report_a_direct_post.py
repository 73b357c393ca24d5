"""A report from a direct conversation: those who decide see what was reported, and nothing else of it."""

from typing import Any

import pytest

from porch.conversation.direct.changing import name_group
from porch.conversation.posts.changing import NotYoursToRestore, delete_post, edit_post, restore_post
from porch.conversation.posts.models import Deletion, Post
from porch.conversation.spaces.rights import TEND_TOPICS
from porch.conversation.topics.models import Topic
from porch.engine.audit.models import AuditEntry
from porch.engine.facts.pull import pull
from porch.kit.refusals import NotFound
from porch.moderation.queue.actions import NothingWaits, NotYourOwnCase, undo
from porch.moderation.reports.models import Report
from porch.moderation.sanctions.models import Strike
from porch.people.identity.models import Person
from tests.community.circles.making import bakers
from tests.community.roles.giving import role_with
from tests.conversation.direct.whispers import group, join
from tests.conversation.talk import LATER, say, space_for, topic_in
from tests.moderation.hands import is_shown, let_stand, remove, report
from tests.village import Village, add_steward, browser
from tests.web.api.callers import program_of

BAD, CANARY = "Bad words for Ben.", "Xylophone"


@pytest.fixture
def eve(village: Village) -> Person:
    return join("eve")


@pytest.fixture
def sol(village: Village) -> Person:
    return add_steward()


@pytest.fixture
def topic(village: Village, eve: Person) -> Topic:
    """A group of three that talks under a name, in which Eve says something bad between other things."""
    made = group(village.ben, eve, join("kim"))
    name_group(topic_id=made.pk, name=f"{CANARY} club", by=village.ben, at=LATER)
    say(made, village.ben, f"Before: {CANARY}")
    say(made, eve, BAD)
    say(made, eve, f"After: {CANARY}")
    return made


@pytest.fixture
def bad(topic: Topic) -> Post:
    return Post.objects.get(topic=topic, source=BAD)


def review(who: Person | None, about: Person) -> str:
    client = browser(who)
    pages = [client.get(each) for each in ("/inside/review/", f"/inside/review/{about.pk}/")]
    return "".join(each.content.decode() for each in pages if each.status_code == 200)


def asked(who: Person, about: Person) -> list[dict[str, Any]]:
    """Give the reported posts of somebody as the API tells them; it knows no other words of theirs."""
    answer = program_of(who, "review:read").get(f"/review/{about.pk}")
    assert CANARY not in answer.content.decode()
    return answer.json()["reported"]


def test_those_who_decide_see_the_post_and_nothing_else_of_it(
    village: Village, bad: Post, eve: Person, sol: Person
) -> None:
    report(bad, village.ben)
    for who in (sol, village.ada):
        shown = review(who, eve)
        assert BAD in shown
        assert "in: a direct conversation" in " ".join(shown.split())
        assert CANARY not in shown
        assert "Kim" not in shown
        assert f"/topics/{bad.topic_id}/" not in shown
        (said,) = asked(who, eve)
        assert (said["post_id"], said["source"], said["reports"][0]["said"]) == (bad.pk, BAD, BAD)
        assert (said["topic_id"], said["number"], said["at"]) == (None, None, None)


@pytest.mark.parametrize("who", ["ben", "eve", "kim", "dov", "cleo", "host"])
def test_nobody_else_is_shown_it(village: Village, bad: Post, eve: Person, who: str) -> None:
    report(bad, village.ben)
    host = join("host")
    role_with(TEND_TOPICS, circle=bakers(host), held_by=host)
    people = {**village.cast(), "eve": eve, "host": host, "kim": Person.objects.get(name="Kim")}
    assert BAD not in review(people[who], eve)
    if people[who] is not None and who != "eve":
        with pytest.raises(NothingWaits):
            remove(eve, people[who])


def test_nothing_is_shown_that_nobody_reported(village: Village, bad: Post, eve: Person, sol: Person) -> None:
    assert BAD not in review(sol, eve)
    with pytest.raises(NothingWaits):
        remove(eve, sol, whole_burst=True)


def test_a_steward_reaches_it_by_no_address(village: Village, bad: Post, eve: Person, sol: Person) -> None:
    report(bad, village.ben)
    for who in (sol, village.ada):
        client = browser(who)
        for address in (f"topics/{bad.topic_id}/", f"topics/{bad.topic_id}/care/", f"posts/{bad.pk}/report/"):
            assert client.get(f"/inside/{address}").status_code == 404
        for address in ("deletion/", "editions/", "change/"):
            assert client.get(f"/inside/posts/{bad.pk}/{address}").status_code == 404
        assert client.post(f"/inside/posts/{bad.pk}/report/", {"why": "spam"}).status_code == 404
        with pytest.raises(NotFound):
            restore_post(post_id=bad.pk, by=who, at=LATER)
    assert Report.objects.count() == 1


def test_what_it_says_later_is_not_shown(village: Village, bad: Post, eve: Person, sol: Person) -> None:
    report(bad, village.ben)
    edit_post(post_id=bad.pk, source=f"Kind: {CANARY}", edits=0, by=eve, at=LATER)
    shown = review(sol, eve)
    assert BAD in shown
    assert CANARY not in shown
    assert [each["source"] for each in asked(sol, eve)] == [BAD]


def test_what_is_reported_again_is_shown_as_it_stood_each_time(
    village: Village, bad: Post, eve: Person, sol: Person
) -> None:
    report(bad, village.ben)
    edit_post(post_id=bad.pk, source="Worse words.", edits=0, by=eve, at=LATER)
    report(bad, Person.objects.get(name="Kim"))
    edit_post(post_id=bad.pk, source=f"Kind: {CANARY}", edits=1, by=eve, at=LATER)
    shown = review(sol, eve)
    assert shown.index(BAD) < shown.index("Worse words.")
    assert CANARY not in shown
    (said,) = asked(sol, eve)
    assert (said["source"], [one["said"] for one in said["reports"]]) == (
        "Worse words.",
        [BAD, "Worse words."],
    )


def test_a_post_of_a_space_is_shown_as_it_stands_with_its_place(
    village: Village, eve: Person, sol: Person
) -> None:
    post = say(topic_in(space_for(village.ada), village.ben), eve, BAD)
    report(post, village.ben)
    edit_post(post_id=post.pk, source="Kind words.", edits=0, by=eve, at=LATER)
    (said,) = asked(sol, eve)
    assert (said["source"], said["reports"][0]["said"]) == ("Kind words.", BAD)
    assert (said["topic_id"], said["number"]) == (post.topic_id, post.number)
    assert f"/topics/{post.topic_id}/" in review(sol, eve)


def test_it_is_removed_for_those_in_the_conversation_and_for_nothing_else(
    village: Village, bad: Post, eve: Person, sol: Person
) -> None:
    report(bad, village.ben)
    remove(eve, sol, whole_burst=True)
    shown = browser(village.ben).get(f"/inside/topics/{bad.topic_id}/").content.decode()
    assert BAD not in shown
    assert shown.count(CANARY) >= 2
    assert Deletion.objects.get().post == bad
    assert Report.objects.get().outcome == "upheld"
    with pytest.raises(NotYoursToRestore):
        restore_post(post_id=bad.pk, by=eve, at=LATER)
    assert AuditEntry.objects.filter(act="post-deleted", by_id=sol.pk, about_id=eve.pk).exists()
    assert {each.kind for each in pull("community", most=1000)} & {"PostDeleted", "PostRestored"} == set()


def test_who_took_it_away_does_not_bring_it_back_once_it_was_removed(
    village: Village, bad: Post, eve: Person, sol: Person
) -> None:
    report(bad, village.ben)
    delete_post(post_id=bad.pk, by=eve, at=LATER)
    made = remove(eve, sol)
    with pytest.raises(NotYoursToRestore):
        restore_post(post_id=bad.pk, by=eve, at=LATER)
    undo(decision_id=made.pk, by=village.ada, at=LATER)
    assert not is_shown(bad), "it is as it was: its author's to restore"
    restore_post(post_id=bad.pk, by=eve, at=LATER)
    assert is_shown(bad)


def test_what_it_says_anew_is_reported_anew(village: Village, bad: Post, eve: Person, sol: Person) -> None:
    first = report(bad, village.ben)
    let_stand(eve, sol)
    assert report(bad, village.ben).outcome == "declined", "of the same words it stays as it was decided"
    edit_post(post_id=bad.pk, source="I will find you.", edits=0, by=eve, at=LATER)
    again = report(bad, village.ben)
    assert (again.pk, again.outcome, again.said) == (first.pk, "open", "I will find you.")
    assert "I will find you." in review(sol, eve)
    assert Report.objects.count() == 1


def test_a_decision_lets_it_stand(village: Village, bad: Post, eve: Person, sol: Person) -> None:
    report(bad, village.ben)
    let_stand(eve, sol)
    assert is_shown(bad)
    assert Report.objects.get().outcome == "declined"
    assert BAD not in review(sol, eve)


def test_a_removal_is_undone(village: Village, bad: Post, eve: Person, sol: Person) -> None:
    report(bad, village.ben)
    made = remove(eve, sol)
    host = join("host")
    role_with(TEND_TOPICS, circle=bakers(host), held_by=host)
    with pytest.raises(NotFound):
        undo(decision_id=made.pk, by=host, at=LATER)
    undo(decision_id=made.pk, by=village.ada, at=LATER)
    assert is_shown(bad)
    assert Report.objects.get().outcome == "open"
    assert BAD in review(sol, eve)


def test_whoever_wrote_it_is_warned_in_the_same_step(
    village: Village, bad: Post, eve: Person, sol: Person
) -> None:
    report(bad, village.ben)
    role = {"verdict": "remove", "why": "spam", "sanction": "warning", "message": "Not like this."}
    page = browser(sol).get(f"/inside/review/{eve.pk}/").content.decode()
    kinds = page.partition('name="sanction"')[2].partition("</select>")[0]
    role["sanction"] = kinds.split('value="')[2].partition('"')[0]
    assert browser(sol).post(f"/inside/review/{eve.pk}/", role).status_code == 302
    assert Strike.objects.get().person == eve
    assert not is_shown(bad)


def test_a_steward_does_not_decide_about_their_own(village: Village, sol: Person) -> None:
    post = Post.objects.get(topic=group(sol, village.ben, join("eve")))
    report(post, village.ben)
    assert post.source not in review(sol, sol)
    with pytest.raises(NotYourOwnCase):
        let_stand(sol, sol)
    assert post.source in review(village.ada, sol)


def test_whoever_reports_reads_before_what_they_will_see(village: Village, bad: Post) -> None:
    shown = browser(village.ben).get(f"/inside/posts/{bad.pk}/report/").content.decode()
    assert "They see nothing else of this conversation" in shown
    assert BAD in shown


def test_only_who_takes_part_reports(village: Village, bad: Post, sol: Person) -> None:
    for who in (sol, village.ada, village.dov):
        with pytest.raises(NotFound):
            report(bad, who)
