"""Those who look after a space ask members by a time; the list is frozen, and what is counted is exact."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import example, given
from hypothesis import strategies as st

from porch.community.membership.models import Member
from porch.community.profiles.indexing import index_name
from porch.community.roles.founding import admit_founder
from porch.community.roles.models import Role
from porch.conversation.asks.answering import (
    CannotBeTheAnswer,
    HasAnswered,
    NotAsked,
    count_post,
    decline,
)
from porch.conversation.asks.asking import (
    AskIsOver,
    AsksAlready,
    NoTimeToAnswer,
    RemindedAlready,
    end_due_asks,
    make_ask,
    remind,
)
from porch.conversation.asks.models import Ask, Asked
from porch.conversation.asks.reads import Response, asks_in, response_of, waiting_for
from porch.conversation.asks.whom import NobodyToAsk, NoSuchMember, Whom, members_asked
from porch.conversation.posts.changing import NotYourPost, delete_post
from porch.conversation.posts.models import Post
from porch.conversation.posts.writing import write_post
from porch.conversation.spaces.members import members_reaching
from porch.conversation.spaces.near_names import near_names
from porch.conversation.topics.finding import NotYoursToTend
from porch.kit.refusals import NotFound, Refusal
from porch.people.erasure.actions import erase_person
from tests.community.circles.making import member_of
from tests.community.removal.test_remove_member import remove
from tests.conversation.asks.asking import FRIDAY, ask_of
from tests.conversation.polls.polling import facts
from tests.conversation.talk import LATER, kitchen, say, space_for, topic_in
from tests.engine.promises.owing import at_once
from tests.village import NOON, Village, add_person, add_steward, build_village

MICROSECOND = timedelta(microseconds=1)


def question(village: Village) -> Post:
    return Post.objects.get(topic=topic_in(space_for(village.ada), village.ada))


def asked(ask: Ask) -> set[str]:
    return set(ask.list.values_list("member__person__name", flat=True))


def test_everyone_who_reaches_the_space_is_asked_but_the_asker(village: Village) -> None:
    add_steward()
    ask = ask_of(question(village), village.ada)
    assert (asked(ask), ask.asked) == ({"Ben", "Sol"}, 2)
    told = facts("AskMade", "MemberAsked")
    assert [kind for kind, _ids in told] == ["AskMade", "MemberAsked", "MemberAsked"]
    assert set(told[0][1]) == {"ask_id", "post_id", "topic_id", "space_id"}
    assert set(told[1][1]) == {"ask_id", "post_id", "topic_id", "member_id"}


def test_a_circle_a_role_or_names_but_nobody_who_does_not_reach_the_space(village: Village) -> None:
    sol, fay = add_steward(), add_person("fay")
    admit_founder(person=fay, at=NOON)
    space = kitchen(village, village.ben)
    topic = topic_in(space, village.ada)
    posts = [say(topic, village.ada) for _ in range(4)]
    assert asked(ask_of(posts[0], village.ada, circle_id=space.circle_id)) == {"Ben"}
    steward = Role.objects.get(key="steward", circle__is_whole=True)
    assert asked(ask_of(posts[1], village.ada, role_id=steward.pk)) == {"Sol"}
    assert asked(ask_of(posts[2], village.ada, names=("Ben", "Sol", "Ben"))) == {"Ben", "Sol"}
    for names in (("Fay",), ("Nobody",), ("Dov",)):
        with pytest.raises(NoSuchMember):
            ask_of(posts[3], village.ada, names=names)
    remove(sol, village.ada, at=LATER, expires_at=None)
    with pytest.raises(NobodyToAsk):
        ask_of(posts[3], village.ada, role_id=steward.pk)


def test_the_list_stays_as_it_was_when_it_asked(village: Village) -> None:
    ask = ask_of(question(village), village.ada)
    admit_founder(person=add_person("fay"), at=NOON)
    assert asked(ask) == {"Ben"}
    remove(village.ben, village.ada, at=LATER, expires_at=None)
    assert response_of(ask) == Response(n=1, in_time=0, late=0, declined=0, gone=1)
    erase_person(person=village.ben, by=village.ada, at=LATER)
    assert response_of(ask) == Response(n=1, in_time=0, late=0, declined=0, gone=1)
    assert Asked.objects.get().member_id is None


def test_only_those_who_look_after_the_space_ask_with_posts_of_their_own(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ben)
    post = Post.objects.get(topic=topic)
    with pytest.raises(NotYoursToTend):
        ask_of(post, village.ben)
    with pytest.raises(NotYourPost):
        ask_of(post, village.ada)
    with pytest.raises(NotFound):
        ask_of(post, village.dov)
    assert not Ask.objects.exists()


def test_a_post_asks_once_and_for_a_time_to_come(village: Village) -> None:
    post = question(village)
    for until in (NOON, NOON - MICROSECOND, NOON + timedelta(days=367)):
        with pytest.raises(NoTimeToAnswer):
            make_ask(post_id=post.pk, whom=Whom(), until=until, by=village.ada, at=NOON)
    ask_of(post, village.ada)
    with pytest.raises(AsksAlready):
        ask_of(post, village.ada)


@pytest.mark.parametrize(
    ("at", "in_time"), [(FRIDAY - MICROSECOND, 1), (FRIDAY, 1), (FRIDAY + MICROSECOND, 0)]
)
def test_a_reply_counts_in_time_until_the_deadline(village: Village, at: object, in_time: int) -> None:
    ask = ask_of(question(village), village.ada)
    said = write_post(topic_id=ask.post.topic_id, source="Rye.", by=village.ben, at=at, reply_to=1)
    found = response_of(ask)
    assert (found.in_time, found.late) == (in_time, 1 - in_time)
    assert Asked.objects.get().answer == said
    assert [kind for kind, _ids in facts("AskAnswered")] == ["AskAnswered"]
    delete_post(post_id=said.pk, by=village.ben, at=at)
    assert response_of(ask).in_time == in_time


def test_a_post_that_replies_to_nothing_counts_once_its_writer_says_so(village: Village) -> None:
    post = question(village)
    before = say(post.topic, village.ben)
    ask_post = say(post.topic, village.ada)
    ask = ask_of(ask_post, village.ada)
    later = say(post.topic, village.ben)
    assert response_of(ask).in_time == 0
    with pytest.raises(CannotBeTheAnswer):
        count_post(ask_post_id=ask_post.pk, post_id=before.pk, by=village.ben, at=LATER)
    with pytest.raises(NotYourPost):
        count_post(ask_post_id=ask_post.pk, post_id=later.pk, by=village.ada, at=LATER)
    with pytest.raises(NotFound):
        count_post(ask_post_id=post.pk, post_id=later.pk, by=village.ben, at=LATER)
    count_post(ask_post_id=ask_post.pk, post_id=later.pk, by=village.ben, at=FRIDAY + MICROSECOND)
    assert (response_of(ask).in_time, response_of(ask).late) == (0, 1)
    with pytest.raises(HasAnswered):
        decline(post_id=ask_post.pk, by=village.ben, at=LATER)


def test_who_has_no_answer_waits_no_longer_and_has_not_answered(village: Village) -> None:
    ask = ask_of(question(village), village.ada)
    assert waiting_for(village.ben.pk).count() == 1
    for _ in range(2):
        decline(post_id=ask.post_id, by=village.ben, at=LATER)
    assert waiting_for(village.ben.pk).count() == 0
    assert response_of(ask) == Response(n=1, in_time=0, late=0, declined=1, gone=0)
    say(ask.post.topic, village.ben, reply_to=1)
    assert response_of(ask) == Response(n=1, in_time=1, late=0, declined=0, gone=0)
    with pytest.raises(NotAsked):
        decline(post_id=ask.post_id, by=village.ada, at=LATER)
    with pytest.raises(NotFound):
        decline(post_id=ask.post_id, by=village.dov, at=LATER)


def test_reminded_once_and_in_time_by_whoever_asked(village: Village) -> None:
    sol = add_steward()
    ask = ask_of(question(village), village.ada)
    with pytest.raises(NotYourPost):
        remind(post_id=ask.post_id, by=sol, at=LATER)
    with pytest.raises(AskIsOver):
        remind(post_id=ask.post_id, by=village.ada, at=FRIDAY)
    remind(post_id=ask.post_id, by=village.ada, at=FRIDAY - MICROSECOND)
    with pytest.raises(RemindedAlready):
        remind(post_id=ask.post_id, by=village.ada, at=LATER)
    assert len(facts("AskReminded")) == 1


def test_its_end_is_noted_once_when_it_has_passed(village: Village) -> None:
    ask_of(question(village), village.ada)
    assert [end_due_asks(at=FRIDAY), end_due_asks(at=FRIDAY + MICROSECOND, hold=True)] == [0, 0]
    assert [end_due_asks(at=FRIDAY + MICROSECOND) for _ in range(2)] == [1, 0]
    assert len(facts("AskEnded")) == 1


def test_nothing_waits_for_whoever_no_longer_reaches_it(village: Village) -> None:
    topic = topic_in(kitchen(village, village.ben), village.ada)
    ask = ask_of(Post.objects.get(topic=topic), village.ada)
    ben = Member.objects.get(person=village.ben)
    assert asks_in(topic.pk, ben.pk)[1].waits
    remove(village.ben, village.ada, at=LATER, expires_at=None)
    assert waiting_for(village.ben.pk).count() == 0
    assert response_of(ask).n == 1


@pytest.mark.django_db(transaction=True)
def test_a_reply_and_a_decline_at_once_leave_one_answer() -> None:
    village = build_village()
    ask = ask_of(question(village), village.ada)
    at_once(
        lambda: say(ask.post.topic, village.ben, reply_to=1),
        lambda: decline(post_id=ask.post_id, by=village.ben, at=LATER),
        lambda: say(ask.post.topic, village.ben, reply_to=1),
    )
    row = Asked.objects.get()
    assert row.answer is not None
    assert row.declined_at is None
    assert len(facts("AskAnswered")) == 1


@pytest.mark.django_db(transaction=True)
def test_two_asks_of_a_post_at_once_are_one() -> None:
    village = build_village()
    post = question(village)
    came = at_once(*[lambda: ask_of(post, village.ada)] * 3)
    assert sum(isinstance(each, AsksAlready) for each in came) == 2
    assert (Ask.objects.count(), Asked.objects.count()) == (1, 1)


@pytest.mark.django_db
@example(names=["Be\0n"])
@given(names=st.lists(st.text(max_size=100), min_size=1, max_size=5))
def test_whatever_names_are_typed_nobody_else_is_asked(names: list[str]) -> None:
    with pytest.raises(Refusal):
        members_asked(Whom(names=names), space_id=0, but=0)


def test_a_name_that_is_nobodys_is_answered_with_those_near_it(village: Village) -> None:
    space = kitchen(village, village.ada, village.ben)
    for each in (village.ada, village.ben):
        index_name(member_of(each))
    for typed, near in (("Bem", "Ben"), ("ben", "Ben"), ("Do", ""), ("Xu", "")):
        with pytest.raises(NoSuchMember) as refused:
            members_asked(Whom(names=(typed,)), space_id=space.pk, but=village.ada.pk)
        assert (f"Near it are: {near}." in refused.value.advice) is bool(near), refused.value.advice
        assert "Dov" not in refused.value.advice


def test_a_name_that_is_nobodys_costs_one_look_however_long_it_is(village: Village) -> None:
    space = space_for(village.ada)
    for each in (village.ada, village.ben):
        index_name(member_of(each))
    reaching = members_reaching(space.pk)
    with CaptureQueriesContext(connection) as looks:
        said = near_names("Ownersmith Abcdefghijkl Benjaminsson", reaching)
    assert len(looks) == 1
    assert said == " Near it are: Owner.", "whose name begins like more of it"
    with CaptureQueriesContext(connection) as looks:
        assert near_names("Abcdefghijkl Bcdefghijklm Cdefghijklmn", reaching) == ""
    assert len(looks) == 1
