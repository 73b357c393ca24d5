"""Take in a request's body before a page thread is spent on it: small ones in memory, large ones on disk."""

import asyncio
import io
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


async def spool(receive: Receive, *, declared: int | None, most: int, folder: str) -> tuple[BinaryIO, int]:
    """Read a body of at most ``most`` bytes; give a file at its start, and its length.

    Raises BodyRefused: 413 above the cap, at once where the length is declared; 408 after half a minute
    without a byte; OSError where the disk will not take it.
    """
    if declared is not None and declared > most:
        raise BodyRefused(413)
    loop = asyncio.get_running_loop()
    begun, held, length = loop.time(), [], 0
    file: BinaryIO | None = None
    try:
        async for chunk in chunks(receive):
            length += len(chunk)
            if length > most:
                raise BodyRefused(413)
            if loop.time() - begun > WHOLE_SECONDS + length / LEAST_BYTES_A_SECOND:
                raise BodyRefused(408)
            held.append(chunk)
            if length > IN_MEMORY and sum(map(len, held)) >= IN_MEMORY // 4:
                file = file or TemporaryFile(dir=folder, buffering=0)  # noqa: SIM115 - the request closes it
                await asyncio.to_thread(write_all, file, held)
                held = []
        if file is None:
            return io.BytesIO(b"".join(held)), length
        await asyncio.to_thread(write_all, file, held)
        file.seek(0)
    except BaseException:
        if file is not None:
            file.close()
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
