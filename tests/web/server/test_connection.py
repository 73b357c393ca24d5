"""A subscriber that does not read is let go; the others hear on."""

from typing import Any

from porch.web.server.protocol import MOST_UNREAD, Connection


class Wire:
    """A transport whose other end reads nothing."""

    def __init__(self) -> None:
        self.unread = 0
        self.is_aborted = False

    def write(self, chunk: bytes) -> None:
        self.unread += len(chunk)

    def get_write_buffer_size(self) -> int:
        return self.unread

    def is_closing(self) -> bool:
        return self.is_aborted

    def abort(self) -> None:
        self.is_aborted = True


def line_on(wire: Wire) -> Any:
    line = Connection.__new__(Connection)
    line.transport = wire  # type: ignore[assignment]
    return line


def test_a_line_with_room_takes_what_comes() -> None:
    wire = Wire()
    line = line_on(wire)
    assert all(line.write(b"x" * 1024) for _ in range(MOST_UNREAD // 1024))
    assert not wire.is_aborted


def test_a_line_that_is_not_read_is_hung_up_on_and_takes_nothing_more() -> None:
    wire = Wire()
    line = line_on(wire)
    while line.write(b"x" * 4096):
        assert wire.unread <= MOST_UNREAD
    assert wire.is_aborted
    assert wire.unread <= MOST_UNREAD + 4096
    assert line.write(b"more") is False
    assert wire.unread <= MOST_UNREAD + 4096
