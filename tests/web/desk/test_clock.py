"""The desk's page of the clock, and its alarm."""

from datetime import timedelta

import pytest
from django.test import Client

from porch.engine.clock.reads import clock_is_doubtful
from porch.engine.models import ClockJump
from tests.village import NOON, Village, browser

PAGE = "/desk/engine/clock/"


@pytest.fixture
def jump(village: Village) -> ClockJump:
    year = timedelta(days=365)
    return ClockJump.objects.create(
        noticed_at=NOON + year, expected_at=NOON, seconds=year.total_seconds(), within_boot=True
    )


def test_a_clock_that_has_not_jumped_is_said_to_be_well(ada: Client) -> None:
    assert "The clock has not jumped." in ada.get(PAGE).content.decode()


def test_a_leap_sounds_an_alarm_until_it_is_acknowledged(ada: Client, jump: ClockJump) -> None:
    page = ada.get(PAGE).content.decode()
    assert "Forward by 365 days" in page
    assert "leapt forward" in page
    assert ada.post(f"{PAGE}{jump.pk}/acknowledgement/").status_code == 302
    page = ada.get(PAGE).content.decode()
    assert "acknowledged" in page
    assert "leapt forward" not in page
    assert not clock_is_doubtful()


def test_nobody_else_acknowledges(village: Village, jump: ClockJump) -> None:
    for who in ("ben", "cleo", "dov"):
        browser(village.cast()[who]).post(f"{PAGE}{jump.pk}/acknowledgement/")
    assert clock_is_doubtful()


def test_a_jump_that_never_was_is_not_found(ada: Client) -> None:
    assert ada.post(f"{PAGE}999/acknowledgement/").status_code == 404
