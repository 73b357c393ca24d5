"""Nobody waits for ever, and what came to nothing is forgotten: to the second."""

import pytest

from porch.community.circles.models import WayIn
from porch.community.requests.actions import withdraw_request
from porch.community.requests.deciding import decide_request, reopen_request
from porch.community.requests.jobs import look_after_requests
from porch.community.requests.keeping import (
    expire,
    expire_requests,
    forget_some,
    withdraw_for,
    withdraw_for_leavers,
)
from porch.community.requests.models import KEPT, LIFE, Answer, JoinRequest, State, Vouch
from porch.community.vouching.actions import vouch
from porch.engine.clock.watching import note_jump
from porch.web.clockwork import RECURRING
from tests.community.requests.wishes import (
    LATER,
    SECOND,
    add_members,
    asked,
    at_once,
    leave,
    letters_to,
    make_circle,
    whole,
)
from tests.village import NOON, Village, add_person, build_village


def test_the_worker_looks_after_them() -> None:
    assert look_after_requests in [each.task for each in RECURRING]


def test_what_is_undecided_expires_after_sixty_days_with_a_letter(village: Village) -> None:
    assert LIFE.days == 60
    wish = asked(village.dov, whole())
    assert expire_requests(at=NOON + LIFE - SECOND) == 0
    assert expire_requests(at=NOON + LIFE) == 1
    wish.refresh_from_db()
    assert (wish.state, wish.closed_at, wish.expires_at) == (State.EXPIRED, NOON + LIFE, None)
    (letter,) = letters_to(village.dov)
    assert "has expired" in letter
    assert expire_requests(at=NOON + LIFE) == 0


def test_missing_vouches_have_sixty_days_from_the_yes(village: Village) -> None:
    wish = asked(village.dov, whole(vouches=1))
    at = NOON + LIFE - SECOND
    decide_request(request_id=wish.pk, is_yes=True, by=village.ada, at=at)
    assert expire_requests(at=at + LIFE - SECOND) == 0
    assert expire_requests(at=at + LIFE) == 1


def test_taking_a_decision_back_begins_anew(village: Village) -> None:
    wish = asked(village.dov, whole())
    at = NOON + LIFE - SECOND
    decide_request(request_id=wish.pk, is_yes=False, by=village.ada, reason="No.", at=at)
    reopen_request(request_id=wish.pk, by=village.ada, at=at)
    assert expire_requests(at=at + LIFE - SECOND) == 0
    assert expire_requests(at=at + LIFE) == 1


def test_who_waits_for_a_seat_waits_as_long_as_it_takes(village: Village) -> None:
    wish = asked(village.dov, whole(way_in=WayIn.OPEN, ceiling=2))
    assert expire_requests(at=NOON + 20 * LIFE) == 0
    wish.refresh_from_db()
    assert wish.state == State.SEAT


def test_what_was_decided_in_the_meantime_does_not_expire(village: Village) -> None:
    wish = asked(village.dov, whole())
    decide_request(request_id=wish.pk, is_yes=True, by=village.ada, at=NOON)
    assert not expire(wish.pk, at=NOON + LIFE)


@pytest.mark.parametrize("how", ["declined", "withdrawn", "expired"])
def test_what_came_to_nothing_goes_after_ninety_days(village: Village, how: str) -> None:
    assert KEPT.days == 90
    wish = asked(village.dov, whole(vouches=2))
    Answer.objects.create(request=wish, position=1, question="Why?", text="So.")
    vouch(request_id=wish.pk, by=village.ben, at=NOON)
    at = NOON + LIFE
    if how == "declined":
        decide_request(request_id=wish.pk, is_yes=False, by=village.ada, reason="No.", at=at)
    elif how == "withdrawn":
        withdraw_request(request_id=wish.pk, by=village.dov, at=at)
    else:
        expire_requests(at=at)
    assert forget_some(at=at + KEPT - SECOND) == 0
    assert forget_some(at=at + KEPT) == 1
    assert not any(table.objects.exists() for table in (JoinRequest, Answer, Vouch))


def test_what_led_in_or_is_open_stays(village: Village) -> None:
    circle = whole()
    decide_request(request_id=asked(village.dov, circle).pk, is_yes=True, by=village.ada, at=NOON)
    asked(add_person("eve"), circle)
    assert forget_some(at=NOON + 20 * KEPT) == 0


def test_leavers_wait_at_no_circle_inside(village: Village) -> None:
    circle = make_circle()
    (eve,) = add_members("eve")
    wish, other = asked(eve, circle), asked(village.ben, circle)
    outside = asked(village.dov, whole())
    assert withdraw_for_leavers(at=LATER) == 0
    leave(eve)
    assert not withdraw_for(other.pk, at=LATER)
    assert withdraw_for_leavers(at=LATER) == 1
    for each, state in ((wish, State.WITHDRAWN), (other, State.ASKED), (outside, State.ASKED)):
        each.refresh_from_db()
        assert each.state == state


def test_while_the_clock_is_in_doubt_nothing_expires(village: Village) -> None:
    wish = asked(village.dov, whole())
    JoinRequest.objects.update(expires_at=NOON)
    note_jump(at=NOON + LIFE, expected=NOON, within_boot=True)
    look_after_requests.call()
    wish.refresh_from_db()
    assert wish.state == State.ASKED


def test_the_job_does_all_of_it(village: Village) -> None:
    circle = whole()
    old, late = asked(village.dov, circle), asked(add_person("eve"), circle)
    decide_request(request_id=old.pk, is_yes=False, by=village.ada, reason="No.", at=NOON)
    look_after_requests.call()
    late.refresh_from_db()
    assert late.state == State.EXPIRED
    assert not JoinRequest.objects.filter(pk=old.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_a_yes_while_it_expires_is_one_of_the_two() -> None:
    village = build_village()
    wish = asked(village.dov, whole())
    at_once(
        lambda: expire_requests(at=NOON + LIFE),
        lambda: decide_request(request_id=wish.pk, is_yes=True, by=village.ada, at=NOON + LIFE),
    )
    assert len(letters_to(village.dov)) == 1
