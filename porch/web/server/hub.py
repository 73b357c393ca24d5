"""The live hub: who listens to which channel, and frames that are encoded once for all of them.

Every frame carries the id of the fact that it tells. A subscriber that comes back names the last one it saw
and gets what came after it, or, where the hub no longer knows, the word ``stale``: fetch the page again.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

REMEMBERED = 256
STALE = b"event: stale\ndata: \n\n"
GREETING = b"retry: 2000\n\n"


class Line(Protocol):
    """A subscriber's connection. ``write`` takes a framed chunk and says whether the line still stands."""

    def write(self, chunk: bytes) -> bool: ...


@dataclass(slots=True)
class Channel:
    # What happened up to this id is not remembered here.
    floor: int
    lines: set[Line] = field(default_factory=set)
    recent: deque[tuple[int, bytes]] = field(default_factory=lambda: deque(maxlen=REMEMBERED))


class Hub:
    def __init__(self) -> None:
        self.channels: dict[str, Channel] = {}
        # Facts up to here were told before this process began to listen.
        self.floor = 0
        self.most_lines = 10_000
        self.lines: dict[Line, tuple[str, ...]] = {}

    def join(self, line: Line, channels: Iterable[str], *, after: int | None) -> None:
        """Put a line on channels, first telling it what it missed since fact ``after``."""
        names = tuple(channels)
        self.lines[line] = names
        missed: list[tuple[int, bytes]] = []
        is_stale = False
        for name in names:
            channel = self.channels.setdefault(name, Channel(self.floor))
            channel.lines.add(line)
            if after is not None:
                is_stale |= after < channel.floor
                missed += [(number, frame) for number, frame in channel.recent if number > after]
        if is_stale:
            line.write(chunked(STALE))
        elif missed:
            line.write(chunked(b"".join(frame for _, frame in sorted(missed))))

    def leave(self, line: Line) -> None:
        for name in self.lines.pop(line, ()):
            self.channels[name].lines.discard(line)

    def publish(self, channel: str, number: int, event: str, data: str) -> int:
        """Tell a channel about fact ``number``; give how many lines took it."""
        known = self.channels.setdefault(channel, Channel(self.floor))
        if len(known.recent) == REMEMBERED:
            known.floor = known.recent[0][0]
        frame = encode(number, event, data)
        known.recent.append((number, frame))
        chunk = chunked(frame)
        gone = [line for line in known.lines if not line.write(chunk)]
        for line in gone:
            self.leave(line)
        return len(known.lines)

    def beat(self) -> None:
        """Send every line a comment, so that proxies keep it open and dead ones are found."""
        chunk = chunked(b":\n\n")
        for line in [line for line in self.lines if not line.write(chunk)]:
            self.leave(line)

    @property
    def is_full(self) -> bool:
        return len(self.lines) >= self.most_lines


def encode(number: int, event: str, data: str) -> bytes:
    """Write a frame as the EventSource standard has it; every kind of line break starts a new data line."""
    lines = data.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    body = "".join(f"data: {line}\n" for line in lines)
    return f"id: {number}\nevent: {event}\n{body}\n".encode()


def chunked(frame: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(frame), frame)
