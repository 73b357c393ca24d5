"""Who is told of a post, and why: whoever reaches it, of the strongest reason, once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from porch.community.circles.models import CircleMember
from porch.community.membership.models import Member
from porch.community.roles.models import Role, RoleHolder
from porch.community.roles.reads import STEWARD
from porch.conversation.posts.changing import delete_post, edit_post, restore_post
from porch.conversation.reading.actions import choose_level, mark_read, mark_unread
from porch.conversation.reading.models import Level, Reading
from porch.engine.facts.pull import pull
from porch.notices.waiting.models import Mailbag, Notice
from porch.people.identity.models import Person
from tests.community.profiles.asking import member_of
from tests.community.removal.test_remove_member import remove
from tests.conversation.naming import findable
from tests.conversation.talk import LATER, kitchen, say, space_for, topic_in
from tests.notices.telling import counted, hear, hear_of, mentioned, told, waiting
from tests.village import NOON, Village, add_person, add_steward


def test_whoever_is_answered_is_told(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ben)
    hear()
    post = say(topic, village.ada, reply_to=1)
    hear()
    assert told(village.ben) == [("REPLY", post.pk)]
    assert told(village.ada) == []
    assert waiting(village.ben) == 1


def test_who_follows_is_told_and_who_mutes_is_not(village: Village) -> None:
    sol = add_steward()
    topic = topic_in(space_for(village.ada), village.ada)
    hear()
    choose_level(topic_id=topic.pk, level=Level.FOLLOW, by=village.ben, at=NOON)
    choose_level(topic_id=topic.pk, level=Level.MUTE, by=sol, at=NOON)
    post = say(topic, village.ben)
    again = say(topic, village.ada)
    mentioned(again, sol)
    hear()
    assert told(village.ben) == [("FOLLOWED", again.pk)]
    assert told(village.ada) == [("FOLLOWED", post.pk)]
    assert told(sol) == []


def test_of_several_reasons_the_strongest_counts_in_whichever_order(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ben)
    post = say(topic, village.ada, reply_to=1)
    mentioned(post, village.ben)
    hear()
    mentioned(post, village.ben)
    assert told(village.ben) == [("MENTION", post.pk)]
    assert waiting(village.ben) == 1


def test_a_fact_heard_twice_tells_once(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ben)
    hear()
    say(topic, village.ada, reply_to=1)
    hear()
    facts = [each for each in pull("community", most=10_000) if each.kind == "PostWritten"][1:]
    before = len(pull("community", most=10_000))
    for fact in facts:
        hear_of(fact.kind, **fact.ids)
    assert Notice.objects.count() == 1
    assert len(pull("community", most=10_000)) == before


def test_an_announcement_is_for_everyone_who_reaches_it(village: Village) -> None:
    sol, mia = add_steward(), add_person("mia")
    space = kitchen(village, village.ben, sol)
    topic_in(space, sol, kind="announcement")
    hear()
    assert [kind for kind, _post in told(village.ben)] == ["ANNOUNCEMENT"]
    assert told(village.ada)  # looks after what is said
    assert told(sol) == []
    assert told(mia) == []


def test_nobody_is_told_of_what_they_do_not_reach(village: Village) -> None:
    sol = add_steward()
    topic = topic_in(kitchen(village, sol), sol)
    mentioned(say(topic, sol), village.ben, village.ada)
    assert told(village.ben) == []
    assert [kind for kind, _post in told(village.ada)] == ["MENTION"]


def test_a_role_that_is_mentioned_is_whoever_has_it(village: Village) -> None:
    sol = add_steward()
    topic = topic_in(space_for(village.ada), village.ben)
    role = Role.objects.get(key=STEWARD, circle__is_whole=True)
    hear_of("RoleMentioned", post_id=say(topic, village.ben).pk, role_id=role.pk)
    assert RoleHolder.objects.filter(role=role, member__person=sol).exists()
    assert [kind for kind, _post in told(sol)] == ["MENTION"]
    assert told(village.ben) == []


@pytest.mark.parametrize("away", ["left_at", "paused_at", "suspended_until"])
def test_whoever_is_away_is_told_nothing(away: str, village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ben)
    Member.objects.filter(person=village.ben).update(**{away: NOON})
    say(topic, village.ada, reply_to=1)
    hear()
    assert told(village.ben) == []


def test_whoever_was_removed_a_second_ago_is_told_nothing(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ben)
    say(topic, village.ada, reply_to=1)
    remove(village.ben, by=village.ada)
    hear()
    assert not Notice.objects.filter(member__person=village.ben).exists()


def test_reading_takes_it_from_the_number_and_unread_brings_it_back(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ben)
    for _each in range(3):
        say(topic, village.ada, reply_to=1)
    hear()
    assert waiting(village.ben) == 3
    mark_read(topic_id=topic.pk, member_id=member_of(village.ben).pk, number=3, at=LATER)
    assert waiting(village.ben) == counted(village.ben) == 1
    mark_unread(topic_id=topic.pk, number=2, by=village.ben, at=LATER)
    assert waiting(village.ben) == counted(village.ben) == 3
    choose_level(topic_id=topic.pk, level=Level.MUTE, by=village.ben, at=LATER)
    assert waiting(village.ben) == counted(village.ben) == 0
    choose_level(topic_id=topic.pk, level=Level.NORMAL, by=village.ben, at=LATER)
    assert waiting(village.ben) == counted(village.ben) == 3


def test_what_was_read_before_it_was_told_does_not_wait(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ben)
    say(topic, village.ada, reply_to=1)
    mark_read(topic_id=topic.pk, member_id=member_of(village.ben).pk, number=2, at=LATER)
    hear()
    assert waiting(village.ben) == 0


def test_a_deleted_post_waits_for_nobody_until_it_is_restored(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ben)
    post = say(topic, village.ada, reply_to=1)
    hear()
    delete_post(post_id=post.pk, by=village.ada, at=LATER)
    hear()
    assert waiting(village.ben) == 0
    restore_post(post_id=post.pk, by=village.ada, at=LATER)
    hear()
    assert waiting(village.ben) == 1


def test_whoever_leaves_a_circle_is_not_told_of_its_space_any_more(village: Village) -> None:
    sol = add_steward()
    space = kitchen(village, village.ben, sol)
    topic = topic_in(space, village.ben)
    say(topic, sol, reply_to=1)
    hear()
    assert waiting(village.ben) == 1
    CircleMember.objects.filter(member__person=village.ben, circle__is_whole=False).delete()
    hear_of("CircleLeft", circle_id=space.circle_id, member_id=member_of(village.ben).pk)
    assert waiting(village.ben) == 0


def test_a_reminder_waits_although_the_post_is_ones_own_and_was_read(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ben)
    post = say(topic, village.ben)
    hear_of("ReminderReached", post_id=post.pk, member_id=member_of(village.ben).pk, bookmark_id=1)
    assert told(village.ben) == [("REMINDER", post.pk)]
    assert waiting(village.ben) == 1


def many(count: int, topic: object) -> None:
    """Have that many further members follow a topic."""
    people = Person.objects.bulk_create(
        Person(name=f"P {n}", email=f"p{n}@example.org", created_at=NOON) for n in range(count)
    )
    members = Member.objects.bulk_create(Member(person=each, joined_at=NOON) for each in people)
    Reading.objects.bulk_create(
        Reading(member=each, topic=topic, at=NOON, level=Level.FOLLOW) for each in members
    )


def queries(village: Village, followers: int) -> int:
    topic = topic_in(space_for(village.ada, f"Of {followers}"), village.ben)
    many(followers, topic)
    post = say(topic, village.ben)
    with CaptureQueriesContext(connection) as seen:
        hear_of("PostWritten", post_id=post.pk)
    assert Notice.objects.filter(post=post).count() == followers
    assert Member.objects.filter(waiting=1).count() == followers
    Person.objects.filter(name__startswith="P ").delete()
    return len(seen)


def test_a_thousand_followers_cost_the_statements_of_one(village: Village) -> None:
    assert queries(village, 1000) == queries(village, 1) <= 12


def test_a_mention_taken_back_and_written_again_tells_nothing_again(village: Village) -> None:
    findable()
    topic = topic_in(space_for(village.ada), village.ada)
    post = say(topic, village.ada, "@Ben, look.")
    hear()
    assert told(village.ben) == [("MENTION", post.pk)]
    mark_read(topic_id=topic.pk, member_id=member_of(village.ben).pk, number=2, at=LATER)
    hear()
    Mailbag.objects.all().delete()
    Notice.objects.update(settled_at=LATER)
    before = Notice.objects.values("at", "kind", "seen_at", "settled_at").get(member__person=village.ben)
    for edits, source in enumerate(("Nobody.", "@Ben, look.", "Nobody again.", "@Ben, look again.")):
        edit_post(post_id=post.pk, source=source, edits=edits, by=village.ada, at=LATER)
        hear()
    assert (
        Notice.objects.values("at", "kind", "seen_at", "settled_at").get(member__person=village.ben) == before
    )
    assert [each.kind for each in pull("community", most=1000)].count("NoticeMade") == 1
    assert waiting(village.ben) == 0
    assert not Mailbag.objects.exists()
