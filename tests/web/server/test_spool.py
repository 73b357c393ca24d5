"""Taking in a body: cap, disk, silence, departure."""

import asyncio
import os
import resource
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from porch.web.server import spool as module
from porch.web.server.spool import IN_MEMORY, BodyRefused, Disconnected, Room, spool


def take_in(
    parts: Iterable[bytes | None],
    folder: Path,
    *,
    declared: int | None = None,
    most: int = 10_000_000,
    room: Room | None = None,
) -> bytes:
    """Spool these parts; None among them means that the client leaves."""
    messages = list(parts)

    async def receive() -> dict[str, object]:
        if not messages:
            await asyncio.sleep(60)
        part = messages.pop(0)
        if part is None:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": part, "more_body": bool(messages) or part == b"..."}

    room = room or Room(str(folder))
    before = room.held

    async def run() -> bytes:
        file, length = await spool(receive, declared=declared, most=most, room=room)
        assert room.held == before + length
        with file:
            body = file.read()
        assert len(body) == length
        room.give_back(length)
        return body

    try:
        return asyncio.run(run())
    finally:
        assert room.held == before, "whatever happened, nothing stays claimed"


def test_a_small_body_stays_in_memory(tmp_path: Path) -> None:
    assert take_in([b"a", b"b", b"c"], tmp_path) == b"abc"


def test_a_large_body_goes_to_disk_and_comes_back_whole(tmp_path: Path) -> None:
    parts = [os.urandom(50_000) for _ in range(60)]
    assert take_in(parts, tmp_path) == b"".join(parts)
    assert list(tmp_path.iterdir()) == [], "and leaves nothing behind"


def test_the_cap_holds_to_the_byte(tmp_path: Path) -> None:
    assert len(take_in([b"x" * 500, b"x" * 500], tmp_path, most=1_000)) == 1_000
    with pytest.raises(BodyRefused) as refused:
        take_in([b"x" * 500, b"x" * 501], tmp_path, most=1_000)
    assert refused.value.status == 413


def test_a_body_that_says_it_is_too_large_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(BodyRefused):
        take_in([], tmp_path, declared=1_001, most=1_000)


def test_a_client_that_leaves_is_let_go(tmp_path: Path) -> None:
    with pytest.raises(Disconnected):
        take_in([b"x" * IN_MEMORY * 2, None], tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_silence_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "IDLE_SECONDS", 0.05)
    with pytest.raises(BodyRefused) as refused:
        take_in([b"..."], tmp_path)
    assert refused.value.status == 408


def test_a_disk_that_takes_no_more_is_an_error_of_the_system(tmp_path: Path) -> None:
    """The kernel itself refuses: no file of this process may grow beyond a limit, for a moment."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, hard))
    try:
        with pytest.raises(OSError, match="too large"):
            take_in([b"x" * 100_000] * 20, tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_all_bodies_together_have_a_bound(tmp_path: Path) -> None:
    room = Room(str(tmp_path), most=500_000, most_in_memory=100_000)
    room.take(400_000)
    assert len(take_in([b"x" * 50_000] * 2, tmp_path, room=room)) == 100_000
    with pytest.raises(BodyRefused) as refused:
        take_in([b"x" * 50_000] * 3, tmp_path, room=room)
    assert refused.value.status == 503
    room.give_back(400_000)
    assert len(take_in([b"x" * 50_000] * 3, tmp_path, room=room)) == 150_000


def test_half_of_what_is_free_is_left_to_the_database(tmp_path: Path) -> None:
    free = shutil.disk_usage(tmp_path).free
    room = Room(str(tmp_path), most=10 * free)
    with pytest.raises(BodyRefused):
        room.take(free)


def test_where_much_is_held_small_bodies_go_to_disk_too(tmp_path: Path) -> None:
    room = Room(str(tmp_path), most_in_memory=1_000)
    room.take(900)
    body = os.urandom(IN_MEMORY // 2)
    assert take_in([body[:1_000], body[1_000:]], tmp_path, room=room) == body
