"""Members answer for whoever wants in: once each, not for themselves, and only as long as they are here."""

import pytest
from django.db import IntegrityError, transaction

from porch.community.circles.models import Circle, CircleMember, WayIn
from porch.community.membership.models import Member
from porch.community.requests.actions import RequestIsClosed, withdraw_request
from porch.community.requests.deciding import decide_request
from porch.community.requests.models import JoinRequest, State, Vouch
from porch.community.requests.moving import fill_seats
from porch.community.requests.vouches import missing
from porch.community.vouching.actions import (
    NotInThisCircle,
    NoVouchesNeeded,
    NoVouchOfYours,
    OnlyMembersVouch,
    OwnVouch,
    VouchedAlready,
    take_back_vouch,
    vouch,
)
from porch.community.vouching.reads import MOST_COUNTED, count_wanted
from porch.kit.refusals import NotFound, Refusal
from porch.people.identity.models import Person
from tests.community.away.going import AWAY, send_away
from tests.community.requests.wishes import (
    LATER,
    add_members,
    asked,
    at_once,
    is_member,
    leave,
    letters_to,
    make_circle,
    whole,
)
from tests.village import NOON, Village, add_person, add_steward, browser, build_village


def vouched(wish: JoinRequest, by: Person, text: str = "") -> JoinRequest:
    vouch(request_id=wish.pk, by=by, text=text, at=LATER)
    wish.refresh_from_db()
    return wish


def taken_back(wish: JoinRequest, by: Person) -> JoinRequest:
    take_back_vouch(request_id=wish.pk, by=by, at=LATER)
    wish.refresh_from_db()
    return wish


def test_where_it_is_open_the_last_vouch_lets_in(village: Village) -> None:
    wish = asked(village.dov, whole(way_in=WayIn.OPEN, vouches=2))
    assert vouched(wish, village.ben, " Met  him ").state == State.VOUCHES
    assert Vouch.objects.get().text == "Met him"
    assert vouched(wish, village.ada).state == State.ADMITTED
    assert is_member(village.dov)
    assert letters_to(village.dov)[-1].startswith("You are in")


def test_on_request_both_are_needed_in_either_order(village: Village) -> None:
    circle = whole(vouches=1)
    first = vouched(asked(village.dov, circle), village.ben)
    assert first.state == State.ASKED
    assert decide_request(request_id=first.pk, is_yes=True, by=village.ada, at=LATER).state == State.ADMITTED


def test_on_request_vouches_may_come_last(village: Village) -> None:
    wish = asked(village.dov, whole(vouches=1))
    assert decide_request(request_id=wish.pk, is_yes=True, by=village.ada, at=LATER).state == State.VOUCHES
    assert vouched(wish, village.ben).state == State.ADMITTED


def test_every_member_may_vouch_into_the_whole_and_nobody_else(village: Village) -> None:
    wish = asked(village.dov, whole(vouches=9))
    (eve,) = add_members("eve")
    for person in (village.ada, village.ben, add_steward(), eve):
        vouched(wish, person)
    assert missing(wish, wish.circle) == 5


def test_nobody_vouches_for_themselves(village: Village) -> None:
    with pytest.raises(OnlyMembersVouch):
        vouched(asked(village.dov, whole(vouches=1)), village.dov)
    with pytest.raises(OwnVouch):
        vouched(asked(village.ben, make_circle(vouches=1)), village.ben)
    assert not Vouch.objects.exists()


def test_whoever_left_or_was_shut_out_does_not_vouch(village: Village) -> None:
    wish = asked(village.dov, whole(vouches=1))
    eve, fay = add_members("eve", "fay")
    leave(eve)
    Person.objects.filter(pk=fay.pk).update(is_active=False)
    Member.objects.filter(person=village.ben).delete()
    for person in (eve, fay, village.ben):
        with pytest.raises(OnlyMembersVouch):
            vouched(wish, person)


def test_into_a_circle_only_its_members_vouch(village: Village) -> None:
    (eve,) = add_members("eve")
    wish = asked(eve, make_circle("readers", village.ben, vouches=1))
    with pytest.raises(NotInThisCircle):
        vouched(wish, village.ada)
    Circle.objects.filter(slug="readers").update(is_hidden=True)
    for act in (vouched, taken_back):
        with pytest.raises(NotFound):
            act(wish, village.ada)
    with pytest.raises(NoVouchOfYours):
        taken_back(wish, village.ben)
    assert vouched(wish, village.ben).state == State.ASKED


def test_nobody_vouches_twice(village: Village) -> None:
    wish = vouched(asked(village.dov, whole(vouches=2)), village.ben)
    with pytest.raises(VouchedAlready):
        vouched(wish, village.ben)
    with pytest.raises(IntegrityError), transaction.atomic():
        Vouch.objects.create(request=wish, by=Member.objects.get(person=village.ben), at=NOON)


def test_what_is_closed_or_not_there_is_not_vouched_for(village: Village) -> None:
    wish = asked(village.dov, whole(vouches=2))
    vouched(wish, village.ada)
    withdraw_request(request_id=wish.pk, by=village.dov, at=LATER)
    with pytest.raises(RequestIsClosed):
        vouched(wish, village.ben)
    with pytest.raises(RequestIsClosed):
        taken_back(wish, village.ada)
    with pytest.raises(NotFound):
        vouch(request_id=wish.pk + 1, by=village.ben, at=LATER)


def test_where_no_vouches_are_wanted_none_is_taken(village: Village) -> None:
    with pytest.raises(NoVouchesNeeded):
        vouched(asked(village.dov, whole()), village.ben)


def test_a_vouch_taken_back_does_not_count_and_can_be_given_again(village: Village) -> None:
    wish = vouched(asked(village.dov, whole(way_in=WayIn.OPEN, vouches=2)), village.ben)
    taken_back(wish, village.ben)
    with pytest.raises(NoVouchOfYours):
        taken_back(wish, village.ben)
    assert vouched(wish, village.ada).state == State.VOUCHES
    assert vouched(wish, village.ben).state == State.ADMITTED


def test_only_ones_own_is_taken_back(village: Village) -> None:
    wish = vouched(asked(village.dov, whole(vouches=2)), village.ben)
    for person, refusal in ((village.ada, NoVouchOfYours), (village.dov, OnlyMembersVouch)):
        with pytest.raises(refusal):
            taken_back(wish, person)
    assert missing(wish, wish.circle) == 1


def test_the_vouch_of_somebody_who_left_counts_no_more(village: Village) -> None:
    wish = vouched(asked(village.dov, whole(way_in=WayIn.OPEN, vouches=2)), village.ben)
    leave(village.ben)
    assert vouched(wish, village.ada).state == State.VOUCHES
    Member.objects.filter(person=village.ben).update(left_at=None)
    fill_seats(circle=wish.circle, at=LATER)
    wish.refresh_from_db()
    assert wish.state == State.ADMITTED


@pytest.mark.parametrize("how", ["left the circle", "shut out", "erased"])
def test_a_vouch_stops_counting_with_its_member(village: Village, how: str) -> None:
    eve, fay = add_members("eve", "fay")
    circle = make_circle("readers", village.ben, fay, way_in=WayIn.OPEN, vouches=2)
    wish = vouched(asked(eve, circle), fay)
    if how == "left the circle":
        CircleMember.objects.filter(member__person=fay).delete()
    elif how == "shut out":
        Person.objects.filter(pk=fay.pk).update(is_active=False)
    else:
        fay.delete()
    assert vouched(wish, village.ben).state == State.VOUCHES


def test_whoever_waits_for_a_seat_needs_the_vouches_still(village: Village) -> None:
    wish = vouched(asked(village.dov, whole(way_in=WayIn.OPEN, vouches=1, ceiling=2)), village.ben)
    assert wish.state == State.SEAT
    assert taken_back(wish, village.ben).state == State.VOUCHES
    Circle.objects.update(ceiling=5)
    fill_seats(circle=wish.circle, at=LATER)
    assert not is_member(village.dov)
    assert vouched(wish, village.ada).state == State.ADMITTED


def test_members_are_told_that_their_word_is_wanted(village: Village) -> None:
    eve, fay = add_members("eve", "fay")
    circle = make_circle("readers", fay, way_in=WayIn.OPEN, vouches=1)
    wish = asked(village.dov, whole(vouches=1))
    asked(eve, circle)
    wanted = [count_wanted(each.pk) for each in (village.ada, village.ben, eve, fay, village.dov)]
    assert wanted == [1, 1, 1, 2, 0]
    page = browser(fay).get("/inside/").content.decode()
    assert "2 people ask for your word" in page
    assert "/inside/vouches/" in page
    vouched(wish, village.ada)
    assert [count_wanted(each.pk) for each in (village.ada, village.ben)] == [0, 0], "it has enough"
    assert "ask for your word" not in browser(village.ben).get("/inside/").content.decode()


def test_who_vouched_already_is_not_asked_again(village: Village) -> None:
    vouched(asked(village.dov, whole(vouches=2)), village.ada)
    assert [count_wanted(each.pk) for each in (village.ada, village.ben)] == [0, 1]


def test_more_than_many_are_not_counted(village: Village) -> None:
    circle = whole(vouches=1)
    for n in range(MOST_COUNTED + 2):
        asked(add_person(f"p{n}"), circle)
    assert count_wanted(village.ben.pk) == MOST_COUNTED + 1
    assert f"More than {MOST_COUNTED} people" in browser(village.ben).get("/inside/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_last_vouches_at_once_let_in_once() -> None:
    village = build_village()
    wish = asked(village.dov, whole(way_in=WayIn.OPEN, vouches=2))
    eve, fay = add_members("eve", "fay")
    vouched(wish, village.ben)
    came = at_once(
        lambda: vouch(request_id=wish.pk, by=eve, at=LATER),
        lambda: vouch(request_id=wish.pk, by=fay, at=LATER),
    )
    assert RequestIsClosed in came
    assert Member.objects.filter(person=village.dov).count() == 1
    assert len(letters_to(village.dov)) == 1


@pytest.mark.django_db(transaction=True)
def test_two_vouches_at_once_that_are_enough_together_let_in() -> None:
    village = build_village()
    wish = asked(village.dov, whole(way_in=WayIn.OPEN, vouches=2))
    came = at_once(
        *[lambda by=by: vouch(request_id=wish.pk, by=by, at=LATER) for by in (village.ada, village.ben)]
    )
    assert not any(isinstance(each, type) and issubclass(each, Refusal) for each in came)
    assert is_member(village.dov)


@pytest.mark.django_db(transaction=True)
def test_a_vouch_while_it_is_declined_is_first_or_refused() -> None:
    village = build_village()
    wish = asked(village.dov, whole(way_in=WayIn.OPEN, vouches=1))
    came = at_once(
        lambda: vouch(request_id=wish.pk, by=village.ben, at=LATER),
        lambda: decide_request(request_id=wish.pk, is_yes=False, by=village.ada, reason="No.", at=LATER),
    )
    wish.refresh_from_db()
    assert came.count(RequestIsClosed) == 1
    assert (wish.state == State.ADMITTED) == is_member(village.dov)
    assert wish.state in (State.ADMITTED, State.DECLINED)
    assert len(letters_to(village.dov)) == 1


@pytest.mark.parametrize("how", AWAY)
def test_a_vouch_does_not_count_meanwhile(how: str, village: Village) -> None:
    wish = asked(village.dov, whole(vouches=2))
    vouch(request_id=wish.pk, by=village.ben, at=NOON)
    assert Vouch.objects.counting().count() == 1
    send_away(village, how)
    assert Vouch.objects.counting().count() == 0
