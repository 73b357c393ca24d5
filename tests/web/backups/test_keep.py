"""Seven days and four weeks of nightly backups are kept; what somebody asked for stays; failures are remembered."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from porch.web.backups.drafts import draft
from porch.web.backups.keeping import (
    BEFORE_UPGRADE,
    BY_HAND,
    NIGHTLY,
    State,
    failed,
    keep_newest,
    kept_in,
    let_go,
    name_for,
    read_state,
    succeeded,
    to_let_go,
)

BEGUN = datetime(2026, 1, 1, 3, 17, tzinfo=UTC)


def test_a_hundred_nights_leave_seven_days_and_four_weeks() -> None:
    kept: set[datetime] = set()
    for night in range(100):
        kept.add(BEGUN + timedelta(days=night))
        kept -= to_let_go(kept)
    last = BEGUN + timedelta(days=99)
    assert {last - timedelta(days=n) for n in range(7)} <= kept
    assert len({at.isocalendar()[:2] for at in kept}) >= 4
    assert 8 <= len(kept) <= 11
    assert min(kept) > last - timedelta(days=28)


def test_after_a_long_pause_the_old_ones_stay_until_there_are_new_ones() -> None:
    old = {BEGUN + timedelta(days=n) for n in range(7)}
    assert to_let_go(old | {BEGUN + timedelta(days=365)}) <= {BEGUN}


def test_only_nightly_ones_are_let_go(tmp_path: Path) -> None:
    for night in range(60):
        for kind in (NIGHTLY, BY_HAND, BEFORE_UPGRADE):
            (tmp_path / name_for(kind, BEGUN + timedelta(days=night))).touch()
    (tmp_path / "nightly-holiday.tar").touch()
    let_go(tmp_path)
    kinds = [each.kind for each in kept_in(tmp_path)]
    assert kinds.count(BY_HAND) == kinds.count(BEFORE_UPGRADE) == 60
    assert 8 <= kinds.count(NIGHTLY) <= 11
    assert (tmp_path / "nightly-holiday.tar").exists()
    keep_newest(tmp_path, BEFORE_UPGRADE, 3)
    assert [each.kind for each in kept_in(tmp_path)].count(BEFORE_UPGRADE) == 3


def test_a_failure_is_remembered_until_one_works(tmp_path: Path) -> None:
    failed(tmp_path, BEGUN, "the disk is full")
    assert read_state(tmp_path) == State({}, BEGUN.isoformat(), "the disk is full")
    name = name_for(NIGHTLY, BEGUN)
    (tmp_path / name).touch()
    succeeded(tmp_path, name, "sum", tmp_path)
    assert read_state(tmp_path) == State({name: "sum"})
    failed(tmp_path, BEGUN, "again")
    assert read_state(tmp_path).verified == {name: "sum"}


@pytest.mark.parametrize("text", ["", "{", "[]", json.dumps({"else": 1}), "\0"])
def test_a_memory_that_cannot_be_read_is_none(text: str, tmp_path: Path) -> None:
    (tmp_path / "backups.json").write_text(text)
    assert read_state(tmp_path) == State()


def test_a_draft_is_gone_in_the_end_and_what_the_dead_left_is_swept(tmp_path: Path) -> None:
    left = tmp_path / ".porch-dead.draft"
    left.write_text("half")
    with draft(tmp_path) as mine:
        assert not left.exists()
        with draft(tmp_path) as other:
            assert mine.exists(), "who lives keeps their own"
            assert other != mine
    assert list(tmp_path.iterdir()) == []
