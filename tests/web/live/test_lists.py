"""That open lists are told that they are old: what they add up to, who hears it, and that nothing is said by it."""

from collections.abc import Callable, Iterable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from porch.community.circles.actions import leave_circle
from porch.community.circles.models import CircleMember
from porch.community.membership.models import Member
from porch.community.membership.reads import waiting_of_all
from porch.community.roles.founding import admit_founder
from porch.community.roles.models import RoleHolder
from porch.conversation.moving.actions import merge_topic
from porch.conversation.moving.models import Transfer
from porch.conversation.moving.undoing import undo_transfer
from porch.conversation.pages.reads import TopicLine, find_space, topics_in
from porch.conversation.posts.changing import delete_post
from porch.conversation.posts.models import Deletion, Post
from porch.conversation.spaces.actions import archive_space, change_space
from porch.conversation.spaces.models import Space
from porch.conversation.spaces.reaching import reached_of_all, reaches
from porch.conversation.spaces.terms import SpaceTerms, terms_of
from porch.conversation.topics.models import Topic
from porch.conversation.topics.tending import close_topic, move_topic, pin_topic, rename_topic
from porch.engine.facts.pull import newest, pull
from porch.people.identity.models import Person
from porch.web.inside.views import MOST_SPACES
from porch.web.live.hub import Hub, encode
from porch.web.live.leave import doubted, leaves_ended, spaces_leave, topic_leave, which_stand
from porch.web.news import Frame, bell_of, list_frames_of, lists_of
from tests.community.circles.making import bakers, member_of
from tests.community.removal.test_remove_member import remove
from tests.conversation.direct.whispers import pair
from tests.conversation.talk import LATER, kitchen, say, space_for, topic_in
from tests.village import Village, add_person, add_steward, browser
from tests.web.live.test_hub import Line

SECRET = "the yeast is in the attic"


def told(space: Space, after: int) -> list[Frame]:
    """Give what those hear who have the list of a space open."""
    facts = pull("community", after=after, most=10_000)
    return [
        frame for fact in facts if f"space-{space.pk}" in lists_of(fact) for frame in list_frames_of(fact)
    ]


def lines(space: Space, person: Person) -> list[TopicLine]:
    return topics_in(find_space(space.slug, person.pk), person.pk, 1)


def counted_on(stale: Iterable[TopicLine], frames: Iterable[Frame], me: int) -> set[tuple[int, int]]:
    """Count on a page that is old what came since, as its script does."""
    shown = {each.id: each.posts for each in stale}
    muted = {each.id for each in stale if each.is_muted}
    came: set[tuple[int, int]] = set()
    for each in frames:
        topic, number, *by = map(int, each.html.split())
        if each.event == "gone":
            came.discard((topic, number))
        elif by != [me] and topic not in muted and number > shown.get(topic, 0):
            came.add((topic, number))
    return came


# Each example has a space of its own.
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 3), st.booleans()), min_size=1, max_size=8))
def test_what_an_old_page_counts_is_what_a_fresh_one_shows_to_be_new(
    village: Village, story: list[tuple[bool, int, bool]]
) -> None:
    space = space_for(village.ada)
    topics = [topic_in(space, village.ada)]
    stale, me = lines(space, village.ben), member_of(village.ben).pk
    after = find_space(space.slug, village.ben.pk).live_after
    for is_bens, where, is_deletion in story:
        by = village.ben if is_bens else village.ada
        if where < len(topics):
            if is_deletion:
                delete_last(topics[where])
            else:
                say(topics[where], by)
        else:
            topics.append(topic_in(space, by))
    came = counted_on(stale, told(space, after), me)
    before = {each.id: each.posts for each in stale}
    now = {
        (each.id, n)
        for each in lines(space, village.ben)
        for n in range(before.get(each.id, 0) + 1, each.posts + 1)
    }
    own_or_gone = {
        (topic.pk, post.number)
        for topic in topics
        for post in topic_posts(topic)
        if post.author_id == village.ben.pk or Deletion.objects.filter(post=post).exists()
    }
    assert came == now - own_or_gone
    # Heard again after a break it is the same: nothing counts twice.
    assert counted_on(stale, [*told(space, after), *told(space, after)], me) == came


def topic_posts(topic: Topic) -> list[Post]:
    return list(Post.objects.filter(topic=topic))


def delete_last(topic: Topic) -> None:
    """Delete the last post of a topic that is there, by its author; the one that was there from the start too."""
    there = Post.objects.filter(topic=topic, deletion__isnull=True).order_by("number").last()
    if there is not None and there.author is not None:
        delete_post(post_id=there.pk, by=there.author, at=LATER)


def test_what_is_deleted_is_not_new(village: Village) -> None:
    space = space_for(village.ada)
    topic = topic_in(space, village.ada)
    shown = say(topic, village.ada)
    after = newest("community")
    delete_post(post_id=shown.pk, by=village.ada, at=LATER)
    assert [each.event for each in told(space, after)] == ["gone"], (
        "a list that is older counts nothing either"
    )
    assert counted_on([], told(space, after), me=0) == set()


def test_what_came_between_two_looks_is_not_counted_twice(village: Village) -> None:
    space = space_for(village.ada)
    topic = topic_in(space, village.ada)
    after = find_space(space.slug, village.ben.pk).live_after
    say(topic, village.ada)
    stale = lines(space, village.ben)
    assert [each.event for each in told(space, after)] == ["said"]
    assert counted_on(stale, told(space, after), me=0) == set()


def test_a_frame_says_where_and_nothing_of_what(village: Village) -> None:
    space = space_for(village.ada)
    topic = topic_in(space, village.ada, title=SECRET)
    after = newest("community")
    post = say(topic, village.ben, SECRET)
    say(topic, village.ada, SECRET, as_organisation=True)
    first, second = told(space, after)
    me = member_of(village.ben).pk
    assert (first.html, first.key) == (f"{topic.pk} 2 {me}", f"{topic.pk}-2")
    assert second.html == f"{topic.pk} 3 0", "who speaks for the organisation is told to nobody"
    delete_post(post_id=post.pk, by=village.ben, at=LATER)
    last = told(space, after)[-1]
    assert (last.event, last.html) == ("gone", f"{topic.pk} 2")
    assert last.key == first.key, "it takes the place of what named the author"


def test_what_moves_in_a_list_is_told_to_it(village: Village) -> None:
    space, other = space_for(village.ada), space_for(village.ada, "Other")
    topic, into = topic_in(space, village.ada), topic_in(other, village.ada)
    moves: list[tuple[Callable[[], object], set[int]]] = [
        (lambda: pin_topic(topic_id=topic.pk, is_pinned=True, by=village.ada, at=LATER), {space.pk}),
        (lambda: rename_topic(topic_id=topic.pk, title="Loaves", by=village.ada, at=LATER), {space.pk}),
        (lambda: close_topic(topic_id=into.pk, by=village.ada, at=LATER), {other.pk}),
        (
            lambda: move_topic(topic_id=into.pk, to_id=space.pk, by=village.ada, at=LATER),
            {space.pk, other.pk},
        ),
        (
            lambda: move_topic(topic_id=into.pk, to_id=other.pk, by=village.ada, at=LATER),
            {space.pk, other.pk},
        ),
        (
            lambda: merge_topic(topic_id=topic.pk, into_id=into.pk, by=village.ada, at=LATER),
            {space.pk, other.pk},
        ),
        (
            lambda: undo_transfer(transfer_id=Transfer.objects.latest("pk").pk, by=village.ada, at=LATER),
            {space.pk, other.pk},
        ),
    ]
    for act, where in moves:
        after = newest("community")
        act()
        assert {each.pk for each in (space, other) if told(each, after)} == where
        assert {frame.event for each in (space, other) for frame in told(each, after)} == {"moved"}


def test_what_is_direct_is_in_no_list(village: Village) -> None:
    after = newest("community")
    topic = pair(village.ada, village.ben)
    say(topic, village.ben)
    assert not told(topic.space, after)


@pytest.mark.parametrize(
    ("who", "status"), [("ada", 200), ("sol", 200), ("ben", 404), ("dov", 404), ("cleo", 302)]
)
def test_who_listens_to_a_space_reaches_it(who: str, status: int, village: Village) -> None:
    space = kitchen(village, village.ada)
    person = add_steward() if who == "sol" else village.cast()[who]
    client = browser(person)
    answer = client.get(f"/inside/spaces/{space.slug}/live/")
    assert answer.status_code == status
    assert ("Porch-Live" in answer.headers) is (status == 200)
    everything = client.get("/live/spaces/")
    heard = everything.headers.get("Porch-Live", "").split()
    assert (f"space-{space.pk}" in heard) is (status == 200)
    if status == 200:
        assert f"notices-{member_of(person).pk}" in heard
        assert spaces_leave([space.pk], person) in answer.headers["Porch-Live-Leave"].split()


def test_who_is_removed_or_hidden_from_opens_no_line(village: Village) -> None:
    space = kitchen(village, village.ben, is_hidden=True)
    ben = browser(village.ben)
    path = f"/inside/spaces/{space.slug}/live/"
    assert ben.get(path).status_code == 200
    CircleMember.objects.filter(member__person=village.ben).delete()
    assert ben.get(path).status_code == 404
    assert f"space-{space.pk}" not in ben.get("/live/spaces/").headers["Porch-Live"].split()
    Member.objects.filter(person=village.ben).delete()
    assert ben.get("/live/spaces/").status_code == 404


def test_a_direct_conversation_is_no_space_to_listen_to(village: Village) -> None:
    topic = pair(village.ada, village.ben)
    for person in (village.ada, village.ben):
        client = browser(person)
        assert client.get(f"/inside/spaces/{topic.space.slug}/live/").status_code == 404
        assert f"space-{topic.space_id}" not in client.get("/live/spaces/").headers["Porch-Live"].split()


def test_the_line_ends_for_whom_one_of_its_spaces_is_lost(village: Village) -> None:
    space, every = kitchen(village, village.ben), space_for(village.ada)
    one = spaces_leave([space.pk], village.ben)
    both = spaces_leave([space.pk, every.pk], village.ben)
    adas, open_one = spaces_leave([space.pk], village.ada), spaces_leave([every.pk], village.ben)
    leaves = {one, both, adas, open_one}
    assert which_stand(leaves) == leaves
    after = newest("community")
    leave_circle(circle=space.circle, by=village.ben, at=LATER)
    asked = doubted(pull("community", after=after), leaves)
    assert asked == {one, both, open_one}, "those of others are not asked about"
    assert asked - which_stand(asked) == {one, both}


def test_who_is_removed_hears_nothing_more(village: Village) -> None:
    space = space_for(village.ada)
    leaves = [spaces_leave([space.pk], village.ben), f"member:{village.ben.pk}"]
    hub, line = Hub(), Line()
    hub.join(line, [f"space-{space.pk}"], leaves=leaves, after=None)
    after = newest("community")
    remove(village.ben, by=village.ada, at=LATER, expires_at=None)
    for fact in pull("community", after=after):
        hub.revoke(leaves_ended(fact))
    assert line.is_over
    said = line.got
    hub.publish(f"space-{space.pk}", newest("community") + 1, "said", "1 2 3")
    assert line.got == said
    assert which_stand(leaves) == set()


def test_of_very_many_spaces_those_are_heard_that_were_talked_in_last(village: Village) -> None:
    quiet = space_for(village.ada, "Quiet")
    old = space_for(village.ada, "Old")
    topic_in(space_for(village.ada, "Loud"), village.ada)
    archive_space(space=old, by=village.ada, at=LATER)
    Space.objects.bulk_create(
        Space(slug=f"s{n}", name=f"S{n}", made_at=LATER, last_said_at=LATER) for n in range(MOST_SPACES - 1)
    )
    heard = browser(village.ben).get("/live/spaces/").headers["Porch-Live"].split()
    assert len(heard) == MOST_SPACES + 1
    assert not {f"space-{quiet.pk}", f"space-{old.pk}"} & set(heard)
    assert f"space-{Space.objects.get(name='Loud').pk}" in heard


def test_how_many_notices_wait_is_told_to_all_and_again_when_somebody_comes(village: Village) -> None:
    hub, first, second = Hub(), Line(), Line()
    hub.tell_now("notices-1", bell_of(1))
    assert not hub.channels, "where nobody is nothing is remembered"
    hub.join(first, ["notices-1"], after=None)
    hub.tell_now("notices-1", bell_of(2))
    hub.tell_now("notices-1", bell_of(2))
    assert first.got == bell_of(2), "what is known is not told again"
    assert b'data-waiting="2"' in bell_of(2)
    assert not first.ids, "it moves nobody on in what is told by number"
    assert hub.says("notices-1") == bell_of(2)
    hub.join(second, ["notices-1", "members"], after=None)
    assert second.got == hub.says("notices-1") == b"", "what was told last may be older than its page"
    hub.tell_now("notices-1", bell_of(2))
    assert second.got == bell_of(2)
    assert hub.names_of("notices") == ["notices-1"]
    assert hub.says("notices-2") == b""
    assert encode(None, "notices", "") != b""


def test_the_numbers_of_many_are_read_at_once_and_of_those_who_are_here_alone(village: Village) -> None:
    ada, ben = member_of(village.ada), member_of(village.ben)
    Member.objects.filter(pk=ben.pk).update(waiting=3)
    assert waiting_of_all({ada.pk, ben.pk, 99}) == {ada.pk: 0, ben.pk: 3}
    Member.objects.filter(pk=ben.pk).update(left_at=LATER)
    assert waiting_of_all({ben.pk}) == {}
    assert waiting_of_all(range(ada.pk - 1_000, ada.pk + 1_000)) == {ada.pk: 0}


def test_of_many_it_is_asked_at_once_who_reaches_what(village: Village) -> None:
    """The same answer as of each alone, for the whole cast and every kind of space, in one statement."""
    sol = add_steward()
    spaces = [
        space_for(village.ada),
        kitchen(village, village.ben, is_hidden=True),
        space_for(village.ada, "Stewards", role=RoleHolder.objects.get(member__person=sol).role),
        pair(village.ada, village.ben).space,
    ]
    away = add_person("away")
    admit_founder(person=away, at=LATER)
    Member.objects.filter(person=away).update(paused_at=LATER)
    people = [village.ada, village.ben, sol, village.dov, away]
    every = {each.pk for each in spaces}
    with CaptureQueriesContext(connection) as asked:
        found = reached_of_all([each.pk for each in people], every)
    assert len(asked) == 1
    for person in people:
        alone = {each.pk for each in spaces if not each.is_direct and reaches(person.pk, each.pk)}
        assert found.get(person.pk, set()) == alone
    assert found[sol.pk] == {each.pk for each in spaces[:3]}
    assert found[village.ben.pk] == {each.pk for each in spaces[:2]}
    assert reached_of_all([village.ben.pk], {spaces[1].pk}) == {village.ben.pk: {spaces[1].pk}}
    with CaptureQueriesContext(connection) as asked:
        which_stand(spaces_leave([each.pk for each in spaces], person) for person in people)
    assert len(asked) == 1


def test_a_topic_that_moves_has_no_reach_of_a_space_asked_about(village: Village) -> None:
    space, other = space_for(village.ada), space_for(village.ada, "Other")
    topic = topic_in(space, village.ada)
    of_space, of_topic = spaces_leave([space.pk], village.ben), topic_leave(topic.pk, village.ben)
    after = newest("community")
    move_topic(topic_id=topic.pk, to_id=other.pk, by=village.ada, at=LATER)
    moved = pull("community", after=after)
    assert doubted(moved, {of_space, of_topic}) == {of_topic}
    terms = SpaceTerms(**{**terms_of(space).as_dict(), "circle": bakers(village.ada)})
    change_space(space=space, terms=terms, by=village.ada, at=LATER)
    assert doubted(pull("community", after=after), {of_space, of_topic}) == {of_space, of_topic}
