"""Who waits for a seat comes in by turns, never above the ceiling."""

from datetime import timedelta

import pytest

from porch.community.circles.models import Circle, CircleMember, WayIn
from porch.community.joining.actions import seats_taken
from porch.community.joining.models import Way
from porch.community.knocking.actions import Outcome, knock
from porch.community.membership.models import Member
from porch.community.requests import moving
from porch.community.requests.actions import withdraw_request
from porch.community.requests.deciding import decide_request
from porch.community.requests.jobs import fill_free_seats
from porch.community.requests.models import JoinRequest, State
from porch.community.requests.moving import fill_seats, move_some, place_of
from porch.people.identity.models import Person
from porch.web.clockwork import ROUNDS
from tests.community.requests.wishes import (
    LATER,
    SECOND,
    add_members,
    asked,
    at_once,
    is_member,
    leave,
    letters_to,
    make_circle,
    whole,
)
from tests.village import NOON, Village, add_person, build_village


def in_line(circle: Circle, *names: str) -> list[Person]:
    """Have people outside ask, one after the other, and a steward say yes."""
    people = [add_person(name) for name in names]
    owner = Member.objects.order_by("pk")[0].person
    for n, person in enumerate(people):
        at = NOON + n * SECOND
        decide_request(request_id=asked(person, circle, at).pk, is_yes=True, by=owner, at=at)
    return people


def raise_to(circle: Circle, ceiling: int | None) -> None:
    Circle.objects.filter(pk=circle.pk).update(ceiling=ceiling)


def test_a_round_of_the_worker_does_it() -> None:
    assert fill_free_seats in [each.call for each in ROUNDS]


def test_the_first_in_line_comes_in_first(village: Village) -> None:
    circle = whole(ceiling=2)
    eve, fay, gus = in_line(circle, "eve", "fay", "gus")
    assert [place_of(each) for each in JoinRequest.objects.order_by("pk")] == [1, 2, 3]
    assert ["list: 1" in letters_to(eve)[0], "list: 3" in letters_to(gus)[0]] == [True, True]
    leave(village.ben)
    assert fill_free_seats(LATER) == 1
    assert [is_member(each) for each in (eve, fay, gus)] == [True, False, False]
    assert letters_to(eve)[-1].startswith("You are in")
    raise_to(circle, 3)
    assert fill_free_seats(LATER) == 1
    raise_to(circle, None)
    assert fill_free_seats(LATER) == 1
    assert fill_free_seats(LATER) == 0
    assert is_member(gus)


def test_a_lowered_ceiling_lets_nobody_in_and_puts_nobody_out(village: Village) -> None:
    circle = whole(ceiling=2)
    (eve,) = in_line(circle, "eve")
    raise_to(circle, 1)
    assert fill_seats(circle=circle, at=LATER) == 0
    assert seats_taken(circle) == 2
    assert not is_member(eve)


def test_whoever_withdraws_makes_room_in_line(village: Village) -> None:
    circle = whole(ceiling=2)
    eve, fay = in_line(circle, "eve", "fay")
    withdraw_request(request_id=JoinRequest.objects.get(person=eve).pk, by=eve, at=LATER)
    assert place_of(JoinRequest.objects.get(person=fay)) == 1


def test_nobody_overtakes_those_in_line(village: Village) -> None:
    circle = whole(ceiling=2)
    eve, fay = in_line(circle, "eve", "fay")
    leave(village.ben)
    came = knock(person=village.dov, circle=circle, way=Way.INVITE, at=LATER)
    assert came.outcome == Outcome.WAITS_FOR_SEAT
    assert [is_member(each) for each in (eve, fay, village.dov)] == [True, False, False]


def test_whoever_is_shut_out_keeps_the_place_and_is_passed_over(village: Village) -> None:
    circle = whole(ceiling=2)
    eve, fay = in_line(circle, "eve", "fay")
    Person.objects.filter(pk=eve.pk).update(is_active=False)
    raise_to(circle, 3)
    fill_free_seats(LATER)
    assert [is_member(each) for each in (eve, fay)] == [False, True]
    Person.objects.filter(pk=eve.pk).update(is_active=True)
    raise_to(circle, 4)
    fill_free_seats(LATER)
    assert is_member(eve)


def test_in_a_circle_inside_members_alone_come_in(village: Village) -> None:
    circle = make_circle("readers", village.ada, way_in=WayIn.OPEN, ceiling=1)
    eve, fay = add_members("eve", "fay")
    for person in (eve, fay):
        assert asked(person, circle).state == State.SEAT
    leave(eve)
    raise_to(circle, 2)
    fill_free_seats(LATER)
    assert set(CircleMember.objects.values_list("member__person", flat=True)) == {village.ada.pk, fay.pk}


def test_fewer_vouches_bring_people_forward(village: Village) -> None:
    wish = asked(village.dov, whole(way_in=WayIn.OPEN, vouches=1))
    assert fill_free_seats(LATER) == 0
    Circle.objects.update(vouches=0)
    assert fill_free_seats(LATER) == 1
    wish.refresh_from_db()
    assert wish.state == State.ADMITTED


def test_whoever_comes_forward_to_a_full_circle_is_told_the_place(village: Village) -> None:
    wish = asked(village.dov, whole(ceiling=2))
    Circle.objects.update(way_in=WayIn.OPEN)
    fill_free_seats(LATER)
    wish.refresh_from_db()
    assert (wish.state, wish.queued_at) == (State.SEAT, LATER)
    assert "waiting list: 1" in letters_to(village.dov)[0]
    fill_free_seats(LATER + timedelta(hours=1))
    assert len(letters_to(village.dov)) == 1


def test_many_are_moved_some_at_a_time_in_the_order_of_arrival(
    village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moving, "AT_ONCE", 2)
    circle, people = whole(ceiling=2), [add_person(f"p{n}") for n in range(5)]
    for person in people:
        asked(person, circle)
    Circle.objects.update(way_in=WayIn.OPEN, ceiling=6)
    assert [move_some(circle=circle, at=LATER) for _ in range(2)] == [(0, True), (0, True)]
    assert not any(map(is_member, people)), "nobody overtakes those who are not in line yet"
    assert fill_free_seats(LATER) == 4
    assert [is_member(each) for each in people] == [True] * 4 + [False]
    assert [len(letters_to(each)) for each in people] == [1] * 5
    assert "waiting list: 1" in letters_to(people[4])[0]


def test_who_lacks_a_vouch_now_does_not_come_in_before_they_are_put_back(
    village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moving, "AT_ONCE", 1)
    circle = whole(ceiling=2)
    people = in_line(circle, "eve", "fay", "gus")
    Circle.objects.update(vouches=1, ceiling=9)
    assert [move_some(circle=circle, at=LATER)[0] for _ in range(4)] == [0] * 4
    assert not any(map(is_member, people))
    assert set(JoinRequest.objects.values_list("state", flat=True)) == {State.VOUCHES}


def test_a_round_that_takes_too_long_leaves_the_rest_to_the_next(
    village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moving, "AT_ONCE", 1)
    monkeypatch.setattr(moving, "MOST_TIMES", 2)
    circle = whole(ceiling=2)
    in_line(circle, "eve", "fay", "gus")
    raise_to(circle, None)
    assert [fill_free_seats(LATER) for _ in range(3)] == [2, 1, 0]


@pytest.mark.django_db(transaction=True)
def test_two_for_the_last_seat_at_once_are_one_in_and_one_in_line() -> None:
    village = build_village()
    circle = whole(way_in=WayIn.OPEN, ceiling=3)
    eve = add_person("eve")
    came = at_once(
        *[
            lambda who=who: knock(person=who, circle=circle, way=Way.OPEN, at=LATER)
            for who in (village.dov, eve)
        ]
    )
    assert sorted(each.outcome for each in came) == [Outcome.IN, Outcome.WAITS_FOR_SEAT]
    assert seats_taken(circle) == 3


@pytest.mark.django_db(transaction=True)
def test_two_workers_and_a_steward_fill_one_seat_once() -> None:
    village = build_village()
    circle = whole(ceiling=2)
    in_line(circle, "eve", "fay")
    wish = asked(village.dov, circle, LATER)
    raise_to(circle, 3)
    at_once(
        lambda: fill_seats(circle=circle, at=LATER),
        lambda: fill_seats(circle=circle, at=LATER),
        lambda: decide_request(request_id=wish.pk, is_yes=True, by=village.ada, at=LATER),
    )
    assert seats_taken(circle) == 3
    assert JoinRequest.objects.get(state=State.ADMITTED).person.name == "Eve"
