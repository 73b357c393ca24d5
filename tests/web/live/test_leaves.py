"""By whose leave a topic is heard: each way of losing it ends the line, for the whole cast, and for nobody else."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from porch.community.circles.actions import leave_circle
from porch.community.circles.models import CircleMember
from porch.community.membership.models import Member
from porch.community.roles.models import RoleHolder
from porch.conversation.spaces.actions import change_space
from porch.conversation.spaces.models import Space
from porch.conversation.spaces.terms import SpaceTerms, terms_of
from porch.conversation.topics.models import Topic
from porch.conversation.topics.tending import move_topic
from porch.engine.facts.kinds import CommunityFact
from porch.engine.facts.pull import newest, pull
from porch.people.identity.models import Person
from porch.web.live.leave import DOUBTED, ENDED, doubted, leaves_ended, topic_leave, which_stand
from tests.community.circles.making import bakers
from tests.conversation.talk import LATER, kitchen, space_for, topic_in
from tests.laws.facts import kinds
from tests.village import Village, add_steward, browser


def ended_by(act: Callable[[], object], topic: Topic, people: dict[str, Person]) -> set[str]:
    """Give whose lines on a topic end with what is done."""
    names = {topic_leave(topic.pk, person): name for name, person in people.items()}
    assert which_stand(names) == set(names)
    after = newest("community")
    act()
    facts = pull("community", after=after)
    asked = doubted(facts, set(names))
    gone = asked - which_stand(asked)
    ended = {leave for fact in facts for leave in leaves_ended(fact)}
    assert not ended & gone
    members = {f"member:{person.pk}": name for name, person in people.items()}
    return {names[each] for each in gone} | {members[each] for each in ended if each in members}


@pytest.fixture
def baking(village: Village) -> tuple[Topic, dict[str, Person]]:
    sol = add_steward()
    topic = topic_in(kitchen(village, village.ben), village.ben)
    return topic, {"ada": village.ada, "ben": village.ben, "sol": sol}


def test_who_leaves_the_circle_hears_no_more(
    village: Village, baking: tuple[Topic, dict[str, Person]]
) -> None:
    topic, people = baking
    circle = topic.space.circle
    assert circle is not None
    assert ended_by(lambda: leave_circle(circle=circle, by=village.ben, at=LATER), topic, people) == {"ben"}


def test_a_space_that_is_kept_to_fewer_ends_the_lines_of_the_others(village: Village) -> None:
    space = space_for(village.ada)
    topic, circle = topic_in(space, village.ada), bakers(village.ada)
    people = {"ada": village.ada, "ben": village.ben, "sol": add_steward()}
    terms = SpaceTerms(**{**terms_of(space).as_dict(), "circle": circle})
    assert ended_by(
        lambda: change_space(space=space, terms=terms, by=village.ada, at=LATER), topic, people
    ) == {"ben"}


def test_a_topic_that_moves_ends_the_lines_of_those_who_do_not_reach_it_there(village: Village) -> None:
    topic, to = topic_in(space_for(village.ada), village.ben), kitchen(village, village.ada)
    people = {"ada": village.ada, "ben": village.ben}
    ended = ended_by(
        lambda: move_topic(topic_id=topic.pk, to_id=to.pk, by=village.ada, at=LATER), topic, people
    )
    assert ended == {"ben"}


def test_a_fact_about_one_member_asks_about_one(
    village: Village, baking: tuple[Topic, dict[str, Person]]
) -> None:
    topic, people = baking
    after = newest("community")
    circle = topic.space.circle
    assert circle is not None
    leave_circle(circle=circle, by=village.ben, at=LATER)
    leaves = {topic_leave(topic.pk, person) for person in people.values()}
    assert doubted(pull("community", after=after), leaves) == {topic_leave(topic.pk, village.ben)}
    assert doubted([], leaves) == set()


@pytest.mark.parametrize("how", ["circle", "role", "membership", "suspended", "paused", "space"])
def test_what_no_fact_tells_is_found_all_the_same(
    how: str, village: Village, baking: tuple[Topic, dict[str, Person]]
) -> None:
    topic, people = baking
    leaves = {topic_leave(topic.pk, person) for person in people.values()}
    ben = Member.objects.filter(person=village.ben)
    gone = {"ben"}
    if how == "circle":
        CircleMember.objects.filter(member__person=village.ben).delete()
    elif how == "role":
        RoleHolder.objects.filter(member__person=people["sol"]).delete()
        gone = {"sol"}
    elif how == "membership":
        ben.delete()
    elif how == "suspended":
        ben.update(suspended_until=LATER + timedelta(days=9_000))
    elif how == "paused":
        ben.update(paused_at=LATER)
    else:
        circle = bakers(village.ada, slug="others", name="Others")
        Space.objects.filter(pk=topic.space_id).update(circle=circle)
    assert leaves - which_stand(leaves) == {topic_leave(topic.pk, people[name]) for name in gone}


@pytest.mark.parametrize("who", ["dov", "cleo", "ben", "removed"])
def test_a_line_is_not_opened_for_whom_it_is_not(who: str, village: Village) -> None:
    topic = topic_in(kitchen(village, village.ada), village.ada)
    person = village.ada if who == "removed" else getattr(village, who)
    client = browser(person)
    if who == "removed":
        assert client.get(f"/inside/topics/{topic.pk}/live/")["Porch-Live"].split()[0] == f"topic-{topic.pk}"
        Member.objects.filter(person=person).delete()
    answer = client.get(f"/inside/topics/{topic.pk}/live/")
    assert answer.status_code == (302 if who == "cleo" else 404)
    assert "Porch-Live" not in answer.headers


def test_a_line_is_open_by_the_leave_to_reach(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ada)
    answer = browser(village.ben).get(f"/inside/topics/{topic.pk}/live/")
    assert answer["Porch-Live-Leave"].split()[1:] == [
        f"member:{village.ben.pk}",
        topic_leave(topic.pk, village.ben),
    ]


def test_each_fact_that_is_named_here_is_one_of_the_community() -> None:
    known = {kind.__name__: kind for kind in kinds() if issubclass(kind, CommunityFact)}
    assert known.keys() >= {*DOUBTED, *ENDED}
    for name, field in DOUBTED.items():
        assert not field or field in known[name].__dataclass_fields__
