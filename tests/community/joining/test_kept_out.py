"""Whoever was removed, is suspended, or has a seat and is on a pause is told so at the door, and waits in no line."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress

from porch.community.away.actions import end_suspension, resume_due, suspend_member, take_pause
from porch.community.away.models import SuspensionHash, SuspensionKept
from porch.community.circles.models import Circle, WayIn
from porch.community.joining.actions import IsOnPause, IsSuspended, is_in, let_in
from porch.community.joining.models import Way
from porch.community.knocking.actions import Outcome, knock, standing
from porch.community.leaving.archiving import archive_leavers
from porch.community.leaving.returning import come_back
from porch.community.lists.actions import put_in_circle
from porch.community.membership.models import Member
from porch.community.removal.actions import remove_member
from porch.community.removal.rules import WasRemoved
from porch.community.requests.jobs import fill_free_seats
from porch.community.requests.models import JoinRequest, State
from porch.community.requests.moving import fill_seats
from porch.community.roles.founding import admit_founder
from porch.kit.refusals import NotFound
from porch.kit.time import now
from porch.people.erasure.actions import erase_person
from porch.people.identity import operators
from porch.people.identity.addresses import give_address
from porch.people.identity.models import Person
from tests.community.leaving.helpers import at_once, go, member_of
from tests.community.requests.wishes import LATER, SECOND, asked, is_member, make_circle, whole
from tests.village import NOON, Village, add_person, browser, build_village

UNTIL = NOON + timedelta(days=90)
ARCHIVED = NOON + timedelta(days=8)


def remove(person: Person, by: Person) -> None:
    remove_member(
        member=member_of(person),
        by=by,
        reason="Threats",
        message="You threatened others.",
        appeal_to="appeals@example.org",
        expires_at=None,
        at=NOON,
    )


def suspend_and_leave(person: Person, by: Person) -> None:
    suspend_member(member=member_of(person), until=UNTIL, reason="Cool down", by=by, at=NOON)
    go(person)


def come(person: Person, circle: Circle, way: Way = Way.OPEN, at: object = LATER) -> Outcome:
    return knock(person=person, circle=circle, way=way, at=at).outcome  # type: ignore[arg-type]


@pytest.mark.parametrize(("do", "refusal"), [(remove, WasRemoved), (suspend_and_leave, IsSuspended)])
@pytest.mark.parametrize("ceiling", [None, 1])
def test_no_way_leads_in_nor_into_a_line(
    village: Village, do: Callable[[Person, Person], None], refusal: type, ceiling: int | None
) -> None:
    do(village.ben, village.ada)
    circle = whole(way_in=WayIn.OPEN, ceiling=ceiling)
    for way in (Way.OPEN, Way.REQUEST, Way.INVITE):
        with pytest.raises(refusal):
            come(village.ben, circle, way)
    with pytest.raises(refusal):
        asked(village.ben, whole(ceiling=ceiling), LATER)
    assert not JoinRequest.objects.exists()


@pytest.mark.parametrize(("do", "word"), [(remove, "removed"), (suspend_and_leave, "suspended")])
def test_whoever_is_kept_out_since_they_waited_is_withdrawn_and_the_next_comes_in(
    village: Village, do: Callable[[Person, Person], None], word: str
) -> None:
    circle = whole(way_in=WayIn.OPEN, ceiling=1)
    eve = add_person("eve")
    do(village.ben, village.ada)
    line = [(village.ben, NOON), (village.dov, NOON + SECOND), (eve, NOON + 2 * SECOND)]
    for person, at in line:
        JoinRequest.objects.create(
            circle=circle, person=person, way=Way.OPEN, state=State.SEAT, asked_at=at, queued_at=at
        )
    Circle.objects.filter(pk=circle.pk).update(ceiling=2)
    assert fill_free_seats(LATER) == 1
    assert [is_member(each) for each in (village.ben, village.dov, eve)] == [False, True, False]
    theirs = JoinRequest.objects.get(person=village.ben)
    assert theirs.state == State.WITHDRAWN
    assert word in theirs.reason
    assert fill_free_seats(LATER) == 0


def test_somebody_else_at_that_circle_hears_nothing_of_it(village: Village) -> None:
    circle = whole(way_in=WayIn.OPEN, ceiling=3)
    remove(village.ben, village.ada)
    JoinRequest.objects.create(
        circle=circle, person=village.ben, way=Way.OPEN, state=State.SEAT, asked_at=NOON, queued_at=NOON
    )
    assert asked(village.dov, circle, LATER).state == State.ADMITTED


def test_a_suspension_outlives_the_membership_to_the_second(village: Village) -> None:
    suspend_and_leave(village.ben, village.ada)
    assert archive_leavers(at=ARCHIVED) == 1
    assert not Member.objects.filter(person=village.ben).exists()
    assert SuspensionKept.objects.get().reason == "Cool down"
    circle = whole(way_in=WayIn.OPEN)
    with pytest.raises(IsSuspended):
        let_in(person=village.ben, circle=circle, way=Way.FOUNDED, at=UNTIL - SECOND)
    with pytest.raises(IsSuspended):
        come(village.ben, circle, at=UNTIL - SECOND)
    assert come(village.ben, circle, at=UNTIL) == Outcome.IN
    assert is_member(village.ben)
    resume_due(at=UNTIL - SECOND)
    assert SuspensionKept.objects.exists()
    resume_due(at=UNTIL)
    assert not SuspensionKept.objects.exists()


@pytest.mark.parametrize("how", ["is still here", "left", "was archived", "was erased"])
@pytest.mark.parametrize("address", ["ben2@example.org", "ben+x@example.org"])
def test_a_suspension_holds_for_another_account_with_the_same_address(
    village: Village, how: str, address: str
) -> None:
    give_address(person=village.ben, address="ben2@example.org")
    suspend_member(member=member_of(village.ben), until=UNTIL, reason="Cool down", by=village.ada, at=NOON)
    if how in ("left", "was archived"):
        go(village.ben)
    if how == "was archived":
        archive_leavers(at=ARCHIVED)
    if how == "was erased":
        erase_person(person=village.ben, by=None, at=LATER)
    else:
        EmailAddress.objects.filter(email="ben2@example.org").delete()
    again = operators.add_person(address=address, name="Again", at=LATER)
    circle = whole(way_in=WayIn.OPEN)
    with pytest.raises(IsSuspended):
        come(again, circle, at=UNTIL - SECOND)
    assert come(again, circle, at=UNTIL) == Outcome.IN
    resume_due(at=UNTIL)
    assert not SuspensionHash.objects.exists()


def test_a_suspension_that_is_lifted_lifts_it_for_the_address(village: Village) -> None:
    suspend_member(member=member_of(village.ben), until=UNTIL, reason="Cool down", by=village.ada, at=NOON)
    again = operators.add_person(address="ben+x@example.org", name="Again", at=NOON)
    with pytest.raises(IsSuspended):
        come(again, whole(way_in=WayIn.OPEN))
    end_suspension(member=member_of(village.ben), by=village.ada, at=LATER)
    assert come(again, whole(way_in=WayIn.OPEN)) == Outcome.IN


def test_their_account_still_says_until_when_and_why(village: Village) -> None:
    until = now() + timedelta(days=90)
    suspend_member(member=member_of(village.ben), until=until, reason="Cool down", by=village.ada, at=now())
    go(village.ben, at=now())
    archive_leavers(at=now() + timedelta(days=8))
    assert "Cool down" in browser(village.ben).get("/account/removal/").content.decode()


def test_a_suspension_that_is_over_keeps_nobody_out(village: Village) -> None:
    suspend_and_leave(village.ben, village.ada)
    assert come(village.ben, whole(way_in=WayIn.OPEN), at=UNTIL) == Outcome.IN
    assert is_member(village.ben)


def test_whoever_left_on_a_pause_comes_in_without_it(village: Village) -> None:
    take_pause(person=village.ben, at=NOON)
    go(village.ben)
    assert come(village.ben, whole(way_in=WayIn.OPEN)) == Outcome.IN
    assert browser(village.ben).get("/inside/").status_code == 200


@pytest.mark.parametrize("ceiling", [None, 1])
def test_on_a_pause_one_has_a_seat_and_is_told_how_to_be_back(village: Village, ceiling: int | None) -> None:
    take_pause(person=village.ben, at=NOON)
    circle = whole(way_in=WayIn.OPEN, ceiling=ceiling)
    for way in (Way.OPEN, Way.INVITE):
        with pytest.raises(IsOnPause) as no:
            come(village.ben, circle, way)
        assert "I am back" in str(no.value.hint)
    with pytest.raises(IsOnPause):
        asked(village.ben, whole(), LATER)
    client = browser(village.ben)
    pages = [client.post("/join/request/")]
    whole(way_in=WayIn.OPEN)
    pages.append(client.post("/join/"))
    assert ["I am back" in page.content.decode() for page in pages] == [True, True]
    assert not JoinRequest.objects.exists()


def test_a_request_that_led_in_long_ago_breaks_nothing(village: Village) -> None:
    wish = asked(village.dov, whole(way_in=WayIn.OPEN))
    take_pause(person=village.dov, at=NOON)
    assert standing(wish).outcome == Outcome.IN
    go(village.dov)
    with pytest.raises(NotFound):
        standing(wish)


def test_a_circle_that_was_closed_meanwhile_is_not_there(village: Village) -> None:
    circle = make_circle("readers", village.ada, way_in=WayIn.OPEN)
    Circle.objects.filter(pk=circle.pk).delete()
    for act in (
        lambda: come(village.ben, circle),
        lambda: asked(village.ben, circle),
        lambda: let_in(person=village.ben, circle=circle, way=Way.TIER, at=NOON),
        lambda: fill_seats(circle=circle, at=NOON),
    ):
        with pytest.raises(NotFound):
            act()
    with pytest.raises(NotFound):
        put_in_circle(members=[member_of(village.ben)], circle=circle, by=village.ada, at=NOON)


def test_an_undo_is_kept_although_the_seat_was_given_away(village: Village) -> None:
    circle = whole(way_in=WayIn.OPEN, ceiling=2)
    go(village.ben)
    assert come(village.dov, circle, at=NOON + SECOND) == Outcome.IN
    come_back(person=village.ben, at=LATER)
    assert all(map(is_member, (village.ada, village.ben, village.dov)))
    assert come(add_person("eve"), circle) == Outcome.WAITS_FOR_SEAT


@pytest.mark.django_db(transaction=True)
def test_removed_and_joining_again_at_once_is_out() -> None:
    village = build_village()
    circle = whole(way_in=WayIn.OPEN)
    for _ in range(3):
        eve = add_person(f"eve{_}")
        come(eve, circle, at=NOON)
        go(eve)
        at_once(lambda eve=eve: remove(eve, village.ada), lambda eve=eve: come(eve, circle))
        assert not is_member(eve)


def test_the_end_of_one_suspension_frees_no_other_with_the_address(village: Village) -> None:
    twin = operators.add_person(address="ben+2@example.org", name="Twin", at=NOON)
    admit_founder(person=twin, at=NOON)
    for person, until in ((village.ben, UNTIL), (twin, UNTIL - SECOND)):
        suspend_member(member=member_of(person), until=until, reason="Cool down", by=village.ada, at=NOON)
    resume_due(at=UNTIL - SECOND)
    again = operators.add_person(address="ben+x@example.org", name="Again", at=NOON)
    with pytest.raises(IsSuspended):
        come(again, whole(way_in=WayIn.OPEN), at=UNTIL - SECOND)


def test_a_member_goes_further_in_whoever_else_has_their_address(village: Village) -> None:
    twin = operators.add_person(address="ben+2@example.org", name="Twin", at=NOON)
    admit_founder(person=twin, at=NOON)
    suspend_member(member=member_of(twin), until=UNTIL, reason="Cool down", by=village.ada, at=NOON)
    circle = make_circle("bakers")
    placed = put_in_circle(members=[member_of(village.ben)], circle=circle, by=village.ada, at=LATER)
    assert (placed.came, is_in(member_of(village.ben), circle)) == (1, True)
