from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from porch.kit.time import now, to_micros


@given(st.datetimes(timezones=st.just(UTC)))
def test_no_microsecond_is_lost(at: datetime) -> None:
    assert datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=to_micros(at)) == at


def test_the_zone_does_not_matter() -> None:
    at = datetime(2026, 3, 2, 12, tzinfo=UTC)
    assert to_micros(at) == to_micros(at.astimezone(timezone(timedelta(hours=9))))


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        to_micros(datetime(2026, 3, 2))


def test_the_clock_says_utc() -> None:
    assert now().tzinfo is UTC
