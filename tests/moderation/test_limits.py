"""How much one may write grows with time; the numbers hold to the second."""

from datetime import timedelta

import pytest

from porch.conversation.posts.changing import edit_post
from porch.conversation.posts.models import Post
from porch.conversation.reading.models import Reading
from porch.conversation.topics.finding import NotYoursToTend
from porch.moderation.reports.models import Report
from porch.moderation.slow.actions import NoSuchSpan, choose_slowness
from porch.moderation.trust.asking import AddsLinks, in_words
from porch.moderation.trust.levels import Level
from porch.moderation.trust.reads import standing_of
from tests.community.circles.making import member_of
from tests.conversation.talk import say, space_for, topic_in
from tests.moderation.hands import LATER, newcomer, try_to_begin, try_to_say
from tests.village import NOON, Village, add_steward

SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)


def spaced(n: int) -> timedelta:
    """Slowly enough that nothing looks hasty."""
    return timedelta(minutes=11) * n


def test_a_new_member_writes_five_posts_in_an_hour(village: Village) -> None:
    topic, nia = topic_in(space_for(village.ada), village.ben), newcomer()
    said = [try_to_say(topic, nia, f"Thought {n}", LATER + spaced(n)) for n in range(6)]
    assert said == ["said"] * 5 + ["wrote-enough"]
    assert try_to_say(topic, nia, "Before", LATER + HOUR - SECOND) == "wrote-enough"
    assert try_to_say(topic, nia, "After", LATER + HOUR) == "said"


def test_two_topics_in_a_day(village: Village) -> None:
    space, nia = space_for(village.ada), newcomer()
    at = [LATER, LATER + 3 * HOUR, LATER + DAY - SECOND, LATER + DAY]
    said = [try_to_begin(space, nia, f"Question {n}", each, title=f"T{n}") for n, each in enumerate(at)]
    assert said == ["said", "said", "began-enough", "said"]


def test_links_mentions_and_pictures_are_counted(village: Village) -> None:
    topic, nia = topic_in(space_for(village.ada), village.ben), newcomer()
    links = " ".join(f"https://a{n}.example" for n in range(3))
    assert try_to_say(topic, nia, links) == "has-too-many"
    assert try_to_say(topic, nia, "@ben @ada @sol @dov") == "has-too-many"
    assert try_to_say(topic, nia, "@[Ben] @[Ada](member:1) @sol @[Dov D]") == "has-too-many"
    assert try_to_say(topic, nia, "@ben @ada @sol, or me@example.org") == "said"


def test_a_steward_has_no_limits_where_they_look_after(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ben)
    assert {try_to_say(topic, village.ada, f"Thought {n}") for n in range(8)} == {"said"}


def trusted_by_now(village: Village, days: int, posts: int, topics: int) -> Level:
    nia = newcomer()
    space = space_for(village.ada)
    read = [topic_in(space, village.ada, f"T{n}") for n in range(topics)]
    for topic in read:
        Reading.objects.create(member=member_of(nia), topic=topic, number=1, at=NOON)
    first = read[0] if read else topic_in(space, village.ada)
    said = [
        Post(topic=first, number=n, author=nia, at=NOON, source="x", html="x", html_version=1)
        for n in range(2, posts + 2)
    ]
    Post.objects.bulk_create(said)
    return standing_of(nia.pk, NOON + timedelta(days=days)).level(NOON + timedelta(days=days))


@pytest.mark.parametrize(
    ("days", "posts", "topics", "level"),
    [
        (0, 3, 3, Level.NEW),
        (3, 2, 3, Level.NEW),
        (3, 3, 2, Level.NEW),
        (2, 3, 3, Level.NEW),
        (3, 3, 3, Level.MEMBER),
        (29, 20, 20, Level.MEMBER),
        (30, 19, 20, Level.MEMBER),
        (30, 20, 20, Level.TRUSTED),
    ],
)
def test_trust_is_days_posts_and_topics(
    village: Village, days: int, posts: int, topics: int, level: Level
) -> None:
    assert trusted_by_now(village, days, posts, topics) == level


def test_a_day_less_a_second_is_not_a_day(village: Village) -> None:
    trusted_by_now(village, 3, 3, 3)
    nia = Post.objects.filter(number=2).get().author
    assert nia is not None
    edge = NOON + timedelta(days=3)
    assert [standing_of(nia.pk, at).level(at) for at in (edge - SECOND, edge)] == [Level.NEW, Level.MEMBER]


def test_what_was_removed_after_reports_costs_trust(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ada)
    for n in range(3):
        assert standing_of(village.ben.pk, LATER).level(LATER) == (Level.MEMBER if n else Level.TRUSTED)
        post = say(topic, village.ben, f"Bad word {n}")
        Report.objects.create(
            post=post,
            by=village.ada,
            at=LATER,
            why="abuse",
            said="",
            weight=1,
            is_of_new=False,
            outcome="upheld",
            decided_at=LATER,
        )
    assert standing_of(village.ben.pk, LATER).level(LATER) == Level.NEW
    after = LATER + timedelta(days=90)
    assert standing_of(village.ben.pk, after).level(after) == Level.TRUSTED


def test_a_link_is_not_edited_in_later(village: Village) -> None:
    topic, nia = topic_in(space_for(village.ada), village.ben), newcomer()
    post = say(topic, nia, "Hello there.")
    with pytest.raises(AddsLinks):
        edit_post(post_id=post.pk, source="https://pills.example", edits=0, by=nia, at=LATER)
    assert edit_post(post_id=post.pk, source="Hello you.", edits=0, by=nia, at=LATER).edits == 1


def test_slow_mode_holds_to_the_second_and_not_for_those_who_look_after(village: Village) -> None:
    space = space_for(village.ada)
    topic = topic_in(space, village.ada)
    choose_slowness(space_id=space.pk, seconds=300, by=village.ada, at=NOON)
    assert try_to_say(topic, village.ben, "One") == "said"
    for seconds, became in ((0, "is-too-soon"), (299, "is-too-soon"), (300, "said")):
        assert try_to_say(topic, village.ben, f"{seconds}", LATER + seconds * SECOND) == became
    assert [try_to_say(topic, village.ada, f"Mine {n}") for n in range(2)] == ["said", "said"]


def test_slow_mode_is_one_space_s_alone(village: Village) -> None:
    slow, quick = space_for(village.ada), space_for(village.ada, "Quick")
    choose_slowness(space_id=slow.pk, seconds=300, by=village.ada, at=NOON)
    assert try_to_say(topic_in(slow, village.ada), village.ben, "One") == "said"
    topic = topic_in(quick, village.ada)
    assert [try_to_say(topic, village.ben, f"{n}") for n in range(2)] == ["said", "said"]


def test_who_chooses_slow_mode(village: Village) -> None:
    space, sol = space_for(village.ada), add_steward()
    assert choose_slowness(space_id=space.pk, seconds=30, by=sol, at=NOON).slow_seconds == 30
    for who in (village.ben, village.dov, newcomer()):
        with pytest.raises(NotYoursToTend):
            choose_slowness(space_id=space.pk, seconds=0, by=who, at=NOON)
    with pytest.raises(NoSuchSpan):
        choose_slowness(space_id=space.pk, seconds=7, by=sol, at=NOON)


def test_an_instant_is_written_to_the_minute_and_never_before_it() -> None:
    told = {seconds: in_words(NOON + seconds * SECOND) for seconds in (0, 1, 59, 60)}
    assert {each[-9:] for each in told.values()} == {"12:00 UTC", "12:01 UTC"}
    assert told[0] == f"{NOON.day} {NOON:%b} {NOON.year}, 12:00 UTC"
    assert told[1] == told[60]
