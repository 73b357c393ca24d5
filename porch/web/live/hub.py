"""The live hub: who listens to which channel, and frames that are encoded once for all of them.

Every frame carries the id of the fact that it tells. A subscriber that comes back names the last one it saw
and gets what came after it, or, where the hub no longer knows, the word ``stale``: fetch the page again.

The ids are the community's. Those of the audience count for themselves, so its facts make no frames
(porch.web.news): with two counts in one ``Last-Event-ID`` a subscriber would miss what it had not seen.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from sys import intern
from typing import Protocol

REMEMBERED = 256
STALE = b"event: stale\ndata: \n\n"
OVER = b"event: over\ndata: \n\n"
GREETING = b"retry: 2000\n\n"
# A channel without lines is remembered for this many beats, so that whoever changes pages misses nothing.
IDLE_BEATS = 15


class Line(Protocol):
    """A subscriber's connection. ``write`` takes a framed chunk and says whether the line still stands."""

    def write(self, chunk: bytes) -> bool: ...

    def hang_up(self) -> None: ...


@dataclass(slots=True)
class Channel:
    # What happened up to this id is not remembered here.
    floor: int
    lines: set[Line] = field(default_factory=set)
    recent: deque[tuple[int, bytes]] = field(default_factory=lambda: deque(maxlen=REMEMBERED))
    idle_beats: int = 0


class Hub:
    def __init__(self) -> None:
        self.channels: dict[str, Channel] = {}
        # Facts up to here were told before this process began to listen, or on channels that are forgotten.
        self.floor = 0
        self.most_lines = 10_000
        # Each line with its channels and the leaves by which it is open.
        self.lines: dict[Line, tuple[tuple[str, ...], tuple[str, ...]]] = {}
        self._to_look_at: list[str] = []

    def join(
        self, line: Line, channels: Iterable[str], *, leaves: Iterable[str] = (), after: int | None
    ) -> None:
        """Put a line on channels, first telling it what it missed since fact ``after``."""
        names = same_names(tuple(channels))
        self.lines[line] = names, tuple(leaves)
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
        names, _ = self.lines.pop(line, ((), ()))
        for name in names:
            self.channels[name].lines.discard(line)

    def publish(self, channel: str, number: int, event: str, data: str) -> int:
        """Tell a channel about fact ``number``; give how many lines took it."""
        known = self.channels.setdefault(channel, Channel(self.floor))
        known.idle_beats = 0
        if len(known.recent) == REMEMBERED:
            known.floor = known.recent[0][0]
        frame = encode(number, event, data)
        known.recent.append((number, frame))
        chunk = chunked(frame)
        gone = [line for line in known.lines if not line.write(chunk)]
        for line in gone:
            self.leave(line)
        return len(known.lines)

    def revoke(self, leaves: Iterable[str]) -> int:
        """Hang up on every line that was open by one of these leaves, saying so; give how many there were."""
        ended = set(leaves)
        if not ended:
            return 0
        over = [line for line, (_, by) in self.lines.items() if not ended.isdisjoint(by)]
        for line in over:
            self.leave(line)
            line.write(chunked(OVER))
            line.hang_up()
        return len(over)

    def leaves_to_look_at(self, most: int) -> list[str]:
        """Give up to so many leaves of open lines, going round all of them from call to call."""
        if not self._to_look_at:
            self._to_look_at = list({leave for _, leaves in self.lines.values() for leave in leaves})
        chosen, self._to_look_at = self._to_look_at[:most], self._to_look_at[most:]
        return chosen

    def beat(self) -> None:
        """Send every line a comment, so that proxies keep it open and dead ones are found; forget idle channels."""
        chunk = chunked(b":\n\n")
        for line in [line for line in self.lines if not line.write(chunk)]:
            self.leave(line)
        for name, channel in list(self.channels.items()):
            channel.idle_beats = 0 if channel.lines else channel.idle_beats + 1
            if channel.idle_beats > IDLE_BEATS:
                # Whoever comes back for more than is remembered now has to hear that it is not.
                self.floor = max(self.floor, channel.floor, *(number for number, _ in channel.recent))
                del self.channels[name]

    @property
    def is_full(self) -> bool:
        return len(self.lines) >= self.most_lines


@lru_cache(maxsize=1_000)
def same_names(names: tuple[str, ...]) -> tuple[str, ...]:
    """Give one tuple for all lines on the same channels."""
    return tuple(map(intern, names))


def encode(number: int, event: str, data: str) -> bytes:
    """Write a frame as the EventSource standard has it; every kind of line break starts a new data line."""
    lines = data.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    body = "".join(f"data: {line}\n" for line in lines)
    return f"id: {number}\nevent: {event}\n{body}\n".encode()


def chunked(frame: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(frame), frame)
