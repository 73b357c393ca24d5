"""A backup says which files are not in it, and nothing is swept out of the store while it reads."""

from contextlib import nullcontext
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings

from porch.engine.files.actions import GRACE, release
from porch.engine.files.places import kept_still, store
from porch.engine.files.upkeep import sweep
from porch.web.backups import making
from porch.web.backups.archive import Writer
from tests.engine.files.conftest import shelf  # noqa: F401 - a fixture
from tests.engine.files.test_release import LATER, names, take
from tests.village import NOON


@pytest.mark.usefixtures("shelf")
def test_while_a_backup_reads_the_store_nothing_is_swept(db: None) -> None:
    release(holdings=[take().pk], at=NOON)
    with kept_still(is_reader=True), kept_still(is_reader=True) as is_shared:
        assert is_shared
        assert sweep(at=LATER) == 0
    assert sweep(at=NOON + 2 * GRACE) == 1
    assert names(store()) == []  # type: ignore[arg-type]


def test_a_backup_reads_with_the_store_held(
    monkeypatch: pytest.MonkeyPatch, db: None, tmp_path: Path
) -> None:
    seen: list[bool] = []

    def copy_file(*_: object) -> str:
        with kept_still(is_reader=False) as is_ours:
            seen.append(is_ours)
        return ""

    source = making.Source(0, [], {}, lambda writer: None)
    monkeypatch.setattr(making, "copy_file", copy_file)
    monkeypatch.setattr(making, "sqlite_source", lambda *_: nullcontext(source))
    monkeypatch.setattr(making, "postgresql_source", lambda *_: nullcontext(source))
    path = settings.OPTIONS.data / "files" / "aa" / "aa" / ("a" * 64)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"gone before it was copied")
    try:
        made = making.make_backup(tmp_path / "it.tar", at=NOON)
    finally:
        path.unlink()
    assert seen
    assert not any(seen), "other tests may have left files of their own: the store is held for each"
    assert made.files == 0
    assert f"files/aa/aa/{'a' * 64}" in made.missing


def test_files_that_are_held_and_gone_are_named(db: None) -> None:
    holding = take(b"held")
    sha256 = holding.files.get().stored.sha256
    source = making.Source(0, [], {"engine_storedfile": making.Table(1)}, lambda writer: None)
    assert making.files_named(source) == {f"files/{sha256[:2]}/{sha256[2:4]}/{sha256}"}
    store().delete(sha256)
    gone = settings.OPTIONS.data / "files" / sha256[:2] / sha256[2:4] / sha256
    assert making.copy_file(Writer(BytesIO(), at=NOON), gone, "files/x", 4) == ""
