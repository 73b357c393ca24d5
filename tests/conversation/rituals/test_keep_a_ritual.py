"""A ritual comes round: opened by itself or by its keeper, kept, late or missed, and each time once."""

from datetime import timedelta

import pytest
from django.db import transaction

from porch.conversation.rituals import beating
from porch.conversation.rituals.beating import NothingIsDue, NotTheKeeper, beat_due, beat_if_due, open_ritual
from porch.conversation.rituals.making import (
    NoSuchGrace,
    NoSuchKeeper,
    NoSuchNumber,
    NoSuchRhythm,
    RitualHasEnded,
    end_ritual,
    pause_ritual,
    resume_ritual,
)
from porch.conversation.rituals.models import Beat, Ritual
from porch.conversation.rituals.reads import heartbeats_of
from porch.conversation.spaces.actions import archive_space
from porch.conversation.spaces.models import Shape, Space
from porch.conversation.topics.finding import NotYoursToTend
from porch.conversation.topics.models import Topic
from porch.conversation.topics.rooms import RoomHasOneTopic
from porch.kit.refusals import NotFound, Refusal
from tests.community.removal.test_remove_member import remove
from tests.conversation.polls.polling import facts
from tests.conversation.rituals.keeping import FIRST, WEEK, ritual_in, states
from tests.conversation.talk import kitchen, space_for
from tests.engine.promises.owing import at_once
from tests.village import NOON, Village, add_steward, build_village

MICROSECOND = timedelta(microseconds=1)
DAY = timedelta(days=1)


def test_it_opens_by_itself_at_its_second_and_counts_up(village: Village) -> None:
    ritual = ritual_in(space_for(village.ada), village.ada, first_number=1871)
    assert beat_due(at=FIRST - MICROSECOND) == 0
    assert beat_due(at=FIRST, hold=True) == 0
    assert [beat_due(at=FIRST), beat_due(at=FIRST)] == [1, 0]
    beat_due(at=FIRST + WEEK)
    titles = list(Topic.objects.order_by("pk").values_list("title", "author"))
    assert titles == [("Release note 1871", village.ada.pk), ("Release note 1872", village.ada.pk)]
    assert states(ritual) == ["kept", "kept"]
    assert len(facts("RitualOpened")) == 2


def test_after_a_long_sleep_the_current_one_is_opened_and_the_others_are_missed(village: Village) -> None:
    ritual = ritual_in(space_for(village.ada), village.ada)
    beat_due(at=FIRST + 3 * WEEK + DAY)
    assert (states(ritual), Topic.objects.count()) == (["missed"] * 3 + ["kept"], 1)
    beat_due(at=FIRST + 5 * WEEK + DAY + MICROSECOND)
    assert states(ritual) == ["missed"] * 3 + ["kept", "missed", "late"]
    assert Topic.objects.get(title="Release note 2")


@pytest.mark.parametrize(
    ("at", "state"),
    [
        (FIRST, "kept"),
        (FIRST + DAY, "kept"),
        (FIRST + DAY + MICROSECOND, "late"),
        (FIRST + WEEK - MICROSECOND, "late"),
    ],
)
def test_its_keeper_opens_it_in_time_or_late(village: Village, at: object, state: str) -> None:
    ritual = ritual_in(space_for(village.ada), village.ada, keeper="Ben")
    beat_due(at=FIRST)
    assert (states(ritual), Topic.objects.count()) == (["due"], 0)
    post = open_ritual(ritual_id=ritual.pk, by=village.ben, at=at, source="All of it.")
    assert (post.topic.title, post.author, post.source) == ("Release note 1", village.ben, "All of it.")
    assert states(ritual) == [state]
    with pytest.raises(NothingIsDue):
        open_ritual(ritual_id=ritual.pk, by=village.ben, at=at)


def test_what_nobody_opened_is_missed_when_the_next_is_due_and_takes_no_number(village: Village) -> None:
    ritual = ritual_in(space_for(village.ada), village.ada, keeper="Ben")
    beat_due(at=FIRST)
    beat_due(at=FIRST + WEEK)
    assert states(ritual) == ["missed", "due"]
    open_ritual(ritual_id=ritual.pk, by=village.ben, at=FIRST + WEEK)
    assert Topic.objects.get().title == "Release note 1"
    assert [kind for kind, _ids in facts("RitualAwaited", "RitualMissed", "RitualOpened")] == [
        "RitualAwaited",
        "RitualMissed",
        "RitualAwaited",
        "RitualOpened",
    ]


def test_only_its_keeper_opens_it_and_those_who_look_after_the_space(village: Village) -> None:
    sol = add_steward()
    ritual = ritual_in(kitchen(village, village.ben), village.ada, keeper="Sol")
    beat_due(at=FIRST)
    with pytest.raises(NotTheKeeper):
        open_ritual(ritual_id=ritual.pk, by=village.ben, at=FIRST)
    with pytest.raises(NotFound):
        open_ritual(ritual_id=ritual.pk, by=village.dov, at=FIRST)
    open_ritual(ritual_id=ritual.pk, by=sol, at=FIRST)


def test_it_is_missed_where_whoever_made_it_is_gone(village: Village) -> None:
    sol = add_steward()
    ritual = ritual_in(space_for(village.ada), sol)
    remove(sol, village.ada, at=NOON, expires_at=None)
    beat_due(at=FIRST)
    assert (states(ritual), Topic.objects.count(), Ritual.objects.get().number) == (["missed"], 0, 0)


def test_only_those_who_look_after_a_space_make_and_tend_them(village: Village) -> None:
    space = space_for(village.ada)
    for by, refusal in ((village.ben, NotYoursToTend), (village.dov, NotFound)):
        with pytest.raises(refusal):
            ritual_in(space, by)
    ritual = ritual_in(space, village.ada)
    for verb in (pause_ritual, resume_ritual, end_ritual):
        for by, refusal in ((village.ben, NotYoursToTend), (village.dov, NotFound)):
            with pytest.raises(refusal):
                verb(ritual_id=ritual.pk, by=by, at=NOON)


@pytest.mark.parametrize(
    ("what", "refusal"),
    [
        ({"every": "never"}, NoSuchRhythm),
        ({"weekday": 7}, NoSuchRhythm),
        ({"minute": 1440}, NoSuchRhythm),
        ({"every": "month-day", "day": 31}, NoSuchRhythm),
        ({"grace_hours": 0}, NoSuchGrace),
        ({"first_number": 0}, NoSuchNumber),
        ({"keeper": "Dov"}, NoSuchKeeper),
    ],
)
def test_what_makes_no_ritual_is_refused(
    village: Village, what: dict[str, object], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        ritual_in(space_for(village.ada), village.ada, **what)
    assert not Ritual.objects.exists()


def test_a_room_has_none_since_it_has_one_topic_for_ever(village: Village) -> None:
    room = space_for(village.ada, "Lounge", shape=Shape.ROOM)
    with pytest.raises(RoomHasOneTopic):
        ritual_in(room, village.ada)
    assert not Ritual.objects.exists()


def test_nobody_with_a_name_that_no_database_holds_opens_it(village: Village) -> None:
    with pytest.raises(NoSuchKeeper):
        ritual_in(space_for(village.ada), village.ada, keeper="Be\x00n")


def test_paused_nothing_is_due_and_nothing_missed(village: Village) -> None:
    ritual = ritual_in(space_for(village.ada), village.ada)
    pause_ritual(ritual_id=ritual.pk, by=village.ada, at=NOON)
    assert beat_due(at=FIRST + 3 * WEEK) == 0
    resume_ritual(ritual_id=ritual.pk, by=village.ada, at=FIRST + 3 * WEEK + MICROSECOND)
    beat_due(at=FIRST + 4 * WEEK)
    assert states(ritual) == ["kept"]


def test_ended_it_never_comes_again_and_its_topics_stay(village: Village) -> None:
    space = space_for(village.ada)
    ritual = ritual_in(space, village.ada)
    beat_due(at=FIRST)
    end_ritual(ritual_id=ritual.pk, by=village.ada, at=FIRST)
    with pytest.raises(RitualHasEnded):
        resume_ritual(ritual_id=ritual.pk, by=village.ada, at=FIRST)
    assert beat_due(at=FIRST + WEEK) == 0
    assert (Topic.objects.count(), heartbeats_of(space.pk), Space.objects.get().rituals) == (1, [], 0)


def test_in_an_archived_space_nothing_is_due_and_nothing_missed(village: Village) -> None:
    space = space_for(village.ada)
    ritual = ritual_in(space, village.ada)
    archive_space(space=space, by=village.ada, at=NOON)
    beat_due(at=FIRST)
    assert states(ritual) == []


def test_the_heartbeat_shows_the_last_twelve_of_each(village: Village) -> None:
    space = space_for(village.ada)
    ritual_in(space, village.ada)
    ritual_in(space, village.ada, title="Plan", weekday=0, keeper="Ben")
    beat_due(at=FIRST + 20 * WEEK)
    found = heartbeats_of(space.pk)
    assert [(each.title, len(each.beats)) for each in found] == [("Release note …", 12), ("Plan", 12)]
    assert [each.state for each in found[0].beats] == ["missed"] * 11 + ["kept"]


def test_what_dies_in_the_middle_leaves_nothing_half_done(
    village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    ritual = ritual_in(space_for(village.ada), village.ada)

    def die(*_what: object, **_how: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(beating, "note", die)
        with pytest.raises(KeyboardInterrupt), transaction.atomic():
            beat_due(at=FIRST)
    assert (Topic.objects.count(), states(ritual)) == (0, [])
    assert beat_due(at=FIRST) == 1
    assert Topic.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_open_it_once() -> None:
    village = build_village()
    ritual = ritual_in(space_for(village.ada), village.ada)
    came = at_once(*[lambda: beat_if_due(ritual_id=ritual.pk, at=FIRST)] * 3)
    assert sorted(map(str, came)) == ["False", "False", "True"]
    assert (Topic.objects.count(), Beat.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_a_keeper_and_a_steward_at_once_open_it_once() -> None:
    village = build_village()
    ritual = ritual_in(space_for(village.ada), village.ada, keeper="Ben")
    beat_due(at=FIRST)
    at_once(
        *[
            lambda by=by: open_ritual(ritual_id=ritual.pk, by=by, at=FIRST)
            for by in (village.ada, village.ben)
        ]
    )
    assert (Topic.objects.count(), Ritual.objects.get().number) == (1, 1)
