"""The live hub: who listens to which channel, and frames that are encoded once for all of them.

Every frame carries the id of the fact that it tells. A subscriber that comes back names the last one it saw
and gets what came after it, or, where the hub no longer knows, the word ``stale``: fetch the page again.

A frame may have a key: what it shows. A later one with the same key takes its place among what is remembered, so that
nobody who comes back is told what was taken away meanwhile. Where nobody listens no frame is made at all
(``is_heard``); that something was passed over is remembered.

The ids are the community's. Those of the audience count for themselves, so its facts make no frames
(porch.web.news): with two counts in one ``Last-Event-ID`` a subscriber would miss what it had not seen.
"""

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter
from sys import intern
from typing import Protocol

REMEMBERED = 256
# Of so many channels on which nobody listens the hub knows what it passed over.
MOST_PASSED_OVER = 10_000
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
    recent: deque[tuple[int, bytes, str]] = field(default_factory=deque)
    idle_beats: int = 0
    # How something stands now, as a frame that all lines were told; empty when one has come since.
    now: bytes = b""


class Hub:
    def __init__(self) -> None:
        self.channels: dict[str, Channel] = {}
        # Facts up to here were told before this process began to listen, or on channels that are forgotten.
        self.floor = 0
        self.most_lines = 10_000
        # Told the channels of each line that comes, so that somebody finds out how things stand there now.
        self.on_join: Callable[[tuple[str, ...]], object] = lambda names: None
        # Each line with its channels and the leaves by which it is open.
        self.lines: dict[Line, tuple[tuple[str, ...], tuple[str, ...]]] = {}
        self._to_look_at: list[str] = []
        self._passed_over: dict[str, int] = {}
        # The same of kinds of channels, where it is not known on which of them a fact belongs.
        self._all_passed_over: dict[str, int] = {}

    def join(
        self, line: Line, channels: Iterable[str], *, leaves: Iterable[str] = (), after: int | None
    ) -> None:
        """Put a line on channels, first telling it what it missed since fact ``after``."""
        names = same_names(tuple(channels))
        self.lines[line] = names, tuple(leaves)
        missed: list[tuple[int, bytes]] = []
        is_stale = False
        for name in names:
            channel = self.channel(name)
            channel.lines.add(line)
            # The page may be younger than what was told last.
            channel.now = b""
            if after is not None:
                is_stale |= after < channel.floor
                missed += [(number, frame) for number, frame, _ in channel.recent if number > after]
        if is_stale:
            line.write(chunked(STALE))
        elif missed:
            line.write(chunked(b"".join(frame for _, frame in sorted(missed, key=itemgetter(0)))))
        self.on_join(names)

    def leave(self, line: Line) -> None:
        names, _ = self.lines.pop(line, ((), ()))
        for name in names:
            self.channels[name].lines.discard(line)

    def channel(self, name: str) -> Channel:
        """Give a channel; one that was not there begins above what was passed over on it."""
        if name not in self.channels:
            of_all = self._all_passed_over.get(name.partition("-")[0], 0)
            self.channels[name] = Channel(max(self.floor, of_all, self._passed_over.pop(name, 0)))
        return self.channels[name]

    def is_heard(self, channel: str) -> bool:
        """Say whether a frame for this channel has to be made. Any thread may ask."""
        return channel in self.channels

    def pass_over(self, channel: str, number: int) -> None:
        """Remember that fact ``number`` was not told on a channel; whoever has come there meanwhile looks again."""
        known = self.channels.get(channel)
        if known is None:
            self._passed_over[channel] = number
            if len(self._passed_over) > MOST_PASSED_OVER:
                self.floor = max(self.floor, *self._passed_over.values())
                self._passed_over.clear()
            return
        known.floor = number
        known.recent.clear()
        self.write_to_all(known, chunked(STALE))

    def pass_over_all(self, kind: str, number: int) -> None:
        """Remember the same of all channels of a kind."""
        self._all_passed_over[kind] = number
        for name in self.names_of(kind):
            self.pass_over(name, number)

    def publish(
        self, channel: str, number: int, event: str, data: str, *, key: str = "", more: bool = False
    ) -> int:
        """Tell a channel about fact ``number``; give how many lines took it.

        Of several frames for one fact all but the last say that there is ``more``: whoever heard only some of them gets
        all of them again.
        """
        known = self.channel(channel)
        known.idle_beats = 0
        if key:
            known.recent = deque(each for each in known.recent if each[2] != key)
        if len(known.recent) == REMEMBERED:
            known.floor = known.recent.popleft()[0]
        frame = encode(None if more else number, event, data)
        known.recent.append((number, frame, key))
        return self.write_to_all(known, chunked(frame))

    def names_of(self, kind: str) -> list[str]:
        """Give the channels of one kind that are remembered. Any thread may ask: the list is made in one step."""
        return [each for each in list(self.channels) if each.startswith(f"{kind}-")]

    def says(self, channel: str) -> bytes:
        """Give the frame that told all lines how something stands now. Any thread may ask."""
        known = self.channels.get(channel)
        return known.now if known else b""

    def tell_now(self, channel: str, frame: bytes) -> None:
        """Tell a channel how something stands now, where not all of its lines know it."""
        known = self.channels.get(channel)
        if known is not None and known.now != frame:
            known.now = frame
            self.write_to_all(known, chunked(frame))

    def write_to_all(self, channel: Channel, chunk: bytes) -> int:
        """Send a chunk down every line of a channel; give how many took it."""
        for line in [line for line in channel.lines if not line.write(chunk)]:
            self.leave(line)
        return len(channel.lines)

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

    def leaves_of(self, *kinds: str) -> set[str]:
        """Give the leaves of some kinds by which lines are open. Any thread may ask: the list is made in one step."""
        starts = tuple(f"{kind}:" for kind in kinds)
        return {each for _, leaves in list(self.lines.values()) for each in leaves if each.startswith(starts)}

    def beat(self) -> None:
        """Send every line a comment, so that proxies keep it open and dead ones are found; forget idle channels."""
        chunk = chunked(b":\n\n")
        for line in [line for line in self.lines if not line.write(chunk)]:
            self.leave(line)
        for name, channel in list(self.channels.items()):
            channel.idle_beats = 0 if channel.lines else channel.idle_beats + 1
            if channel.idle_beats > IDLE_BEATS:
                # Whoever comes back for more than is remembered now has to hear that it is not.
                self.floor = max(self.floor, channel.floor, *(number for number, _, _ in channel.recent))
                del self.channels[name]

    @property
    def is_full(self) -> bool:
        return len(self.lines) >= self.most_lines


@lru_cache(maxsize=1_000)
def same_names(names: tuple[str, ...]) -> tuple[str, ...]:
    """Give one tuple for all lines on the same channels."""
    return tuple(map(intern, names))


def encode(number: int | None, event: str, data: str) -> bytes:
    """Write a frame as the EventSource standard has it; every kind of line break starts a new data line."""
    lines = data.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    body = "".join(f"data: {line}\n" for line in lines)
    head = "" if number is None else f"id: {number}\n"
    return f"{head}event: {event}\n{body}\n".encode()


def chunked(frame: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(frame), frame)
