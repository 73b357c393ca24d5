"""The data folder: made once, its key agreed on by everyone who starts at the same moment."""

import stat
import threading
from pathlib import Path

import pytest

from porch.web.settings.folder import NAME, prepare_folder, read_key
from porch.web.settings.options import SettingsError


def test_a_new_house_gets_a_key_that_only_its_owner_can_read(tmp_path: Path) -> None:
    prepare_folder(tmp_path / "a" / "b")
    assert len(read_key(tmp_path / "a" / "b")) > 60
    assert stat.S_IMODE((tmp_path / "a" / "b" / NAME).stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "a" / "b").stat().st_mode) == 0o700


def test_the_key_stays(tmp_path: Path) -> None:
    prepare_folder(tmp_path)
    key = read_key(tmp_path)
    prepare_folder(tmp_path)
    assert read_key(tmp_path) == key


def test_many_who_start_at_once_agree_on_one_key_and_leave_no_drafts(tmp_path: Path) -> None:
    barrier, seen = threading.Barrier(8), []

    def start() -> None:
        barrier.wait()
        prepare_folder(tmp_path)
        seen.append(read_key(tmp_path))

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 8
    assert len(set(seen)) == 1
    assert {path.name for path in tmp_path.iterdir()} == {NAME, "tmp"}


@pytest.mark.parametrize("content", [b"", b"x", b"\xff" * 80, b"\0" * 80])
def test_what_is_no_key_is_not_signed_with(content: bytes, tmp_path: Path) -> None:
    """What a crash of the machine, or a hand, may have left behind."""
    (tmp_path / NAME).write_bytes(content)
    with pytest.raises(SettingsError, match=r"secret.key holds no key. Remove it"):
        prepare_folder(tmp_path)
