"""Members report; what a report counts depends on who makes it, and enough of it hides a post."""

from datetime import timedelta

import pytest

from porch.conversation.posts.changing import NotYoursToRestore, PostIsDeleted, delete_post, restore_post
from porch.kit.refusals import NotFound
from porch.moderation.reports.actions import (
    NoSuchReason,
    NotYourOwn,
    ReportedEnough,
    report_post,
    weight_of,
)
from porch.moderation.reports.models import Report
from porch.moderation.trust.levels import Level
from tests.conversation.talk import kitchen, say, space_for, topic_in
from tests.engine.promises.owing import at_once
from tests.moderation.hands import LATER, is_hidden, is_shown, let_stand, newcomer, remove, report, try_to_say
from tests.village import Village, add_person, add_steward, browser, build_village


def known(*names: str) -> list:
    """Add members who are trusted from the first day."""
    from porch.community.roles.founding import admit_founder
    from tests.village import NOON

    people = [add_person(name) for name in names]
    for person in people:
        admit_founder(person=person, at=NOON)
    return people


def test_one_trusted_member_hides_what_a_new_one_said(village: Village) -> None:
    topic, nia = topic_in(space_for(village.ada), village.ben), newcomer()
    post = say(topic, nia, "Bad words.")
    report(post, village.ben)
    assert is_hidden(post)
    for who in (village.ben, nia, village.ada):
        assert b"Bad words." not in browser(who).get(f"/inside/topics/{topic.pk}/").content
    assert b"reported. It is hidden" in browser(nia).get(f"/inside/topics/{topic.pk}/").content


def test_a_crowd_of_new_accounts_hides_nothing(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ada)
    nia = newcomer()
    posts = [say(topic, nia, "Mild."), say(topic, village.ben, "Wise.")]
    for n in range(12):
        sock = newcomer(f"sock{n}")
        for post in posts:
            report(post, sock)
    assert [is_shown(post) for post in posts] == [True, True]


def test_it_takes_four_trusted_members_against_a_trusted_one(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ada)
    post = say(topic, village.ben, "Hm.")
    *three, fourth = known("eve", "fay", "gus", "hal")
    for each in three:
        report(post, each)
    assert is_shown(post)
    report(post, fourth)
    assert is_hidden(post)


def test_what_a_steward_says_is_hidden_by_nobody(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ada)
    post = say(topic, village.ada, "Hm.")
    for each in known("eve", "fay", "gus", "hal", "ida"):
        report(post, each)
    assert is_shown(post)


def test_a_member_reports_once_and_not_their_own(village: Village) -> None:
    post = say(topic_in(space_for(village.ada), village.ben), village.ada)
    assert report(post, village.ben).pk == report(post, village.ben).pk
    with pytest.raises(NotYourOwn):
        report(post, village.ada)
    with pytest.raises(NoSuchReason):
        report(post, newcomer(), why="because")


@pytest.mark.parametrize("who", ["ben", "dov"])
def test_nobody_reports_what_they_do_not_reach(village: Village, who: str) -> None:
    post = say(topic_in(kitchen(village), village.ada), village.ada)
    with pytest.raises(NotFound):
        report(post, getattr(village, who))
    assert browser(getattr(village, who)).get(f"/inside/posts/{post.pk}/report/").status_code == 404


def test_a_deleted_post_is_not_reported(village: Village) -> None:
    post = say(topic_in(space_for(village.ada), village.ben), village.ada)
    delete_post(post_id=post.pk, by=village.ada, at=LATER)
    with pytest.raises(PostIsDeleted):
        report(post, village.ben)


def test_a_new_member_reports_five_in_a_day(village: Village) -> None:
    topic, nia = topic_in(space_for(village.ada), village.ada), newcomer()
    for n in range(5):
        report(say(topic, village.ben, f"{n}"), nia)
    post = say(topic, village.ben)
    with pytest.raises(ReportedEnough):
        report(post, nia)
    assert report(post, nia, LATER + timedelta(days=1))


def test_reports_that_come_to_nothing_count_less_and_then_nothing(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ada)
    weights = []
    for n in range(4):
        weights.append(weight_of(village.ben.pk, Level.TRUSTED, LATER + timedelta(minutes=n)))
        report(say(topic, newcomer(f"n{n}"), "Fine."), village.ben)
        let_stand(Report.objects.latest("pk").post.author, village.ada)
    assert weights == [5, 2, 2, 0]
    later = LATER + timedelta(days=90)
    assert weight_of(village.ben.pk, Level.TRUSTED, later) == 5, "it is forgotten"


def test_whoever_reported_learns_what_became_of_it(village: Village) -> None:
    topic, nia = topic_in(space_for(village.ada), village.ben), newcomer()
    post = say(topic, nia, "Bad words.")
    ben = browser(village.ben)
    answer = ben.post(f"/inside/posts/{post.pk}/report/", {"why": "abuse", "words": "Rude."})
    assert answer["Location"] == f"/inside/topics/{topic.pk}/"
    assert "Waits for a look" in ben.get("/inside/standing/").content.decode()
    remove(nia, village.ada)
    assert "The post was removed" in ben.get("/inside/standing/").content.decode()


def test_the_author_does_not_restore_what_is_hidden(village: Village) -> None:
    topic, nia = topic_in(space_for(village.ada), village.ben), newcomer()
    post = say(topic, nia, "Bad words.")
    report(post, village.ben)
    with pytest.raises(NotYoursToRestore):
        restore_post(post_id=post.pk, by=nia, at=LATER)
    restore_post(post_id=post.pk, by=add_steward(), at=LATER)
    assert is_shown(post)


def test_what_it_said_when_it_was_reported_stays(village: Village) -> None:
    topic, nia = topic_in(space_for(village.ada), village.ben), newcomer()
    post = say(topic, nia, "Bad words.")
    assert (
        report_post(post_id=post.pk, why="abuse", words=" Rude. ", by=village.ben, at=LATER).said
        == post.source
    )


@pytest.mark.django_db(transaction=True)
def test_reported_and_deleted_at_once_it_is_one_of_both() -> None:
    village = build_village()
    topic, nia = topic_in(space_for(village.ada), village.ben), newcomer()
    post = say(topic, nia, "Bad words.")
    at_once(lambda: report(post, village.ben), lambda: delete_post(post_id=post.pk, by=nia, at=LATER))
    assert not is_shown(post)
    assert Report.objects.count() <= 1


@pytest.mark.django_db(transaction=True)
def test_two_windows_at_once_have_one_limit() -> None:
    village = build_village()
    space = space_for(village.ada)
    topics, nia = [topic_in(space, village.ada, f"T{n}") for n in range(4)], newcomer()
    became = at_once(*[lambda t=t: try_to_say(t, nia, f"In {t.pk} at once") for t in topics])
    assert sorted(map(str, became)) == ["held", "said", "said", "said"]
