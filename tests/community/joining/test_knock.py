"""Whoever stands at a door is let in, or told what is waited for: by the circle, the way, and who brought them."""

import pytest

from porch.community.circles.models import Circle, WayIn
from porch.community.joining.actions import NotYetAMember
from porch.community.joining.models import Arrival, Way
from porch.community.knocking.actions import Outcome, knock
from porch.community.membership.models import Member
from porch.community.requests.actions import OnlyByInvitation
from porch.community.requests.models import JoinRequest, State, Vouch
from porch.community.vouching.actions import take_back_vouch, vouch
from porch.kit.refusals import NotFound
from porch.people.identity.models import Person
from tests.community.requests.wishes import (
    LATER,
    add_members,
    asked,
    at_once,
    is_member,
    leave,
    make_circle,
    whole,
)
from tests.village import NOON, Village, add_person, build_village


def member(person: Person) -> Member:
    return Member.objects.get(person=person)


@pytest.mark.parametrize(
    ("way_in", "vouches", "ceiling", "way", "outcome"),
    [
        (WayIn.OPEN, 0, None, Way.OPEN, Outcome.IN),
        (WayIn.OPEN, 0, 3, Way.OPEN, Outcome.IN),
        (WayIn.OPEN, 0, 2, Way.OPEN, Outcome.WAITS_FOR_SEAT),
        (WayIn.OPEN, 1, None, Way.OPEN, Outcome.WAITS_FOR_VOUCHES),
        (WayIn.OPEN, 0, None, Way.REQUEST, Outcome.IN),
        (WayIn.REQUEST, 0, None, Way.OPEN, Outcome.NEEDS_REQUEST),
        (WayIn.REQUEST, 0, 2, Way.REQUEST, Outcome.NEEDS_REQUEST),
        (WayIn.REQUEST, 0, None, Way.INVITE, Outcome.IN),
        (WayIn.INVITE, 0, None, Way.INVITE, Outcome.IN),
        (WayIn.INVITE, 0, 2, Way.INVITE, Outcome.WAITS_FOR_SEAT),
        (WayIn.INVITE, 1, None, Way.INVITE, Outcome.IN),
        (WayIn.INVITE, 1, 2, Way.INVITE, Outcome.WAITS_FOR_SEAT),
        (WayIn.INVITE, 2, None, Way.INVITE, Outcome.WAITS_FOR_VOUCHES),
        (WayIn.INVITE, 3, None, Way.FOUNDED, Outcome.IN),
    ],
)
def test_the_door_decides_by_the_circle_and_the_way(
    village: Village, way_in: str, vouches: int, ceiling: int | None, way: Way, outcome: Outcome
) -> None:
    circle = whole(way_in=way_in, vouches=vouches, ceiling=ceiling)
    by = member(village.ben) if way == Way.INVITE else None
    came = knock(person=village.dov, circle=circle, way=way, brought_by=by, at=LATER)
    assert came.outcome == outcome
    assert (came.member is not None) == is_member(village.dov) == (outcome == Outcome.IN)
    waits = outcome not in (Outcome.IN, Outcome.NEEDS_REQUEST)
    assert JoinRequest.objects.open().exists() == waits == (came.request is not None)


@pytest.mark.parametrize("way", [Way.OPEN, Way.REQUEST])
def test_by_invitation_only_means_it(village: Village, way: Way) -> None:
    with pytest.raises(OnlyByInvitation):
        knock(person=village.dov, circle=whole(way_in=WayIn.INVITE), way=way, at=LATER)


def test_whoever_is_in_is_in(village: Village) -> None:
    came = knock(person=village.ben, circle=whole(way_in=WayIn.INVITE), way=Way.OPEN, at=LATER)
    assert (came.outcome, came.member) == (Outcome.IN, member(village.ben))


def test_only_members_stand_at_circles_inside_and_hidden_ones_are_not_there(village: Village) -> None:
    circle = make_circle("readers", village.ada, way_in=WayIn.OPEN)
    with pytest.raises(NotYetAMember):
        knock(person=village.dov, circle=circle, way=Way.OPEN, at=LATER)
    Circle.objects.filter(pk=circle.pk).update(is_hidden=True)
    with pytest.raises(NotFound):
        knock(person=village.ben, circle=circle, way=Way.OPEN, at=LATER)
    came = knock(person=village.ben, circle=circle, way=Way.INVITE, brought_by=member(village.ada), at=LATER)
    assert came.outcome == Outcome.IN


def test_an_invitation_to_a_circle_inside_brings_into_the_community_first(village: Village) -> None:
    circle = make_circle("readers", village.ada, way_in=WayIn.INVITE)
    came = knock(person=village.dov, circle=circle, way=Way.INVITE, brought_by=member(village.ada), at=LATER)
    assert (came.outcome, came.member) == (Outcome.IN, member(village.dov))
    assert Arrival.objects.filter(member=came.member, brought_by=member(village.ada)).count() == 2
    eve = add_person("eve")
    whole(way_in=WayIn.INVITE, vouches=2)
    came = knock(person=eve, circle=circle, way=Way.INVITE, brought_by=member(village.ada), at=LATER)
    assert came.outcome == Outcome.WAITS_FOR_VOUCHES, "of the community: the circle has to wait too"


def test_an_invitation_vouches_once_and_remembers_who_brought_them(village: Village) -> None:
    circle, ben = whole(way_in=WayIn.INVITE, vouches=2), member(village.ben)
    for _ in range(2):
        came = knock(person=village.dov, circle=circle, way=Way.INVITE, brought_by=ben, at=LATER)
        assert came.outcome == Outcome.WAITS_FOR_VOUCHES
    assert Vouch.objects.get().by == ben
    vouch(request_id=came.request.pk, by=village.ada, at=LATER)
    assert Arrival.objects.get(member__person=village.dov).brought_by == ben


def test_who_invited_may_take_their_word_back(village: Village) -> None:
    circle = whole(way_in=WayIn.INVITE, vouches=2)
    came = knock(person=village.dov, circle=circle, way=Way.INVITE, brought_by=member(village.ben), at=LATER)
    take_back_vouch(request_id=came.request.pk, by=village.ben, at=LATER)
    vouch(request_id=came.request.pk, by=village.ada, at=LATER)
    assert not is_member(village.dov)


@pytest.mark.parametrize("who", ["nobody", "left", "outside the circle", "themselves"])
def test_an_invitation_by_somebody_whose_word_does_not_count_is_no_vouch(village: Village, who: str) -> None:
    eve, fay = add_members("eve", "fay")
    circle = make_circle("readers", village.ben, fay, way_in=WayIn.INVITE, vouches=1)
    by = {"nobody": None, "left": fay, "outside the circle": village.ada, "themselves": eve}[who]
    if who == "left":
        leave(fay)
    bringer = None if by is None else member(by)
    came = knock(person=eve, circle=circle, way=Way.INVITE, brought_by=bringer, at=LATER)
    assert came.outcome == Outcome.WAITS_FOR_VOUCHES


def test_an_invitation_takes_a_request_along(village: Village) -> None:
    circle = whole(vouches=2)
    wish = asked(village.dov, circle)
    vouch(request_id=wish.pk, by=village.ada, at=NOON)
    came = knock(person=village.dov, circle=circle, way=Way.OPEN, at=LATER)
    assert (came.outcome, came.request) == (Outcome.WAITS_FOR_DECISION, wish)
    came = knock(person=village.dov, circle=circle, way=Way.INVITE, brought_by=member(village.ben), at=LATER)
    assert came.outcome == Outcome.IN
    wish.refresh_from_db()
    assert (wish.state, wish.way) == (State.ADMITTED, Way.INVITE)


def test_the_vouch_of_who_invites_is_not_counted_twice(village: Village) -> None:
    circle = whole(vouches=2)
    wish = asked(village.dov, circle)
    vouch(request_id=wish.pk, by=village.ben, at=NOON)
    came = knock(person=village.dov, circle=circle, way=Way.INVITE, brought_by=member(village.ben), at=LATER)
    assert came.outcome == Outcome.WAITS_FOR_VOUCHES


@pytest.mark.django_db(transaction=True)
def test_knocking_twice_at_once_leaves_one_request() -> None:
    village = build_village()
    circle = whole(way_in=WayIn.OPEN, vouches=1)
    came = at_once(*[lambda: knock(person=village.dov, circle=circle, way=Way.OPEN, at=LATER)] * 3)
    assert {each.outcome for each in came} == {Outcome.WAITS_FOR_VOUCHES}
    assert JoinRequest.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_invitation_and_an_open_door_at_once_take_one_seat() -> None:
    village = build_village()
    circle = whole(way_in=WayIn.OPEN, ceiling=3)
    eve = add_person("eve")
    came = at_once(
        lambda: knock(person=village.dov, circle=circle, way=Way.INVITE, at=LATER),
        lambda: knock(person=village.dov, circle=circle, way=Way.OPEN, at=LATER),
        lambda: knock(person=eve, circle=circle, way=Way.OPEN, at=LATER),
    )
    assert Outcome.WAITS_FOR_SEAT in {each.outcome for each in came}
    assert Member.objects.present().count() == 3
