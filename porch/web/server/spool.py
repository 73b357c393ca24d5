"""Take in a request's body before a page thread is spent on it: small ones in memory, large ones on disk."""

import asyncio
import io
import shutil
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import Any, BinaryIO

from porch.web.server.asgi import Receive

IN_MEMORY = 256 * 1024
IDLE_SECONDS = 30.0
# A body has this long, and a second more for each so many bytes that did arrive.
WHOLE_SECONDS = 60.0
LEAST_BYTES_A_SECOND = 16_000


class BodyRefused(Exception):
    """The body cannot be taken in. ``status`` says why, in HTTP's words."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Disconnected(Exception):
    """The client went away before the request was whole."""


@dataclass(slots=True)
class Room:
    """What all bodies under way may hold together, in memory and in a folder: a share of what its disk has free."""

    folder: str
    most: int = 1_000_000_000
    most_in_memory: int = 64_000_000
    held: int = 0

    def take(self, size: int) -> None:
        """Claim room for more bytes. Raises BodyRefused(503) where there is none."""
        # Below this much nobody asks the disk: what is held may lie in memory, and is soon gone.
        if self.held + size > self.most_in_memory:
            half = (shutil.disk_usage(self.folder).free + self.held) // 2
            if self.held + size > min(self.most, half):
                raise BodyRefused(503)
        self.held += size

    def give_back(self, size: int) -> None:
        self.held -= size


async def spool(receive: Receive, *, declared: int | None, most: int, room: Room) -> tuple[BinaryIO, int]:
    """Read a body of at most ``most`` bytes; give a file at its start, and its length.

    The caller gives the length back to the room when it is done with the file. Raises BodyRefused: 413 above the
    cap, at once where the length is declared; 408 after half a minute without a byte; 503 where too many bodies are
    under way; OSError where the disk will not take it.
    """
    if declared is not None and declared > most:
        raise BodyRefused(413)
    loop = asyncio.get_running_loop()
    begun, held, length = loop.time(), [], 0
    file: BinaryIO | None = None
    try:
        async for chunk in chunks(receive):
            room.take(len(chunk))
            length += len(chunk)
            if length > most:
                raise BodyRefused(413)
            if loop.time() - begun > WHOLE_SECONDS + length / LEAST_BYTES_A_SECOND:
                raise BodyRefused(408)
            held.append(chunk)
            is_small = length <= IN_MEMORY and room.held <= room.most_in_memory
            if not is_small and sum(map(len, held)) >= IN_MEMORY // 4:
                file = file or TemporaryFile(dir=room.folder, buffering=0)  # noqa: SIM115 - the request closes it
                await asyncio.to_thread(write_all, file, held)
                held = []
        if file is None:
            return io.BytesIO(b"".join(held)), length
        await asyncio.to_thread(write_all, file, held)
        file.seek(0)
    except BaseException:
        if file is not None:
            file.close()
        room.give_back(length)
        raise
    return file, length


async def chunks(receive: Receive) -> Any:
    """Give the body piece by piece, as long as the client keeps sending."""
    more = True
    while more:
        try:
            async with asyncio.timeout(IDLE_SECONDS):
                message = await receive()
        except TimeoutError as error:
            raise BodyRefused(408) from error
        if message["type"] == "http.disconnect":
            raise Disconnected
        more = message.get("more_body", False)
        yield message.get("body", b"")


def write_all(file: BinaryIO, held: list[bytes]) -> None:
    """Write every byte: an unbuffered file may take fewer than it is given."""
    rest = memoryview(b"".join(held))
    while rest:
        rest = rest[file.write(rest) :]
