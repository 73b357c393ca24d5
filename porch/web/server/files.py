"""Send stored files: whole or in part, in pieces, without holding a page thread or much memory.

Ranges as in RFC 9110, section 14: one range is honoured; several, or what is none, get the whole file.
"""

import asyncio
import logging
import os
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import BinaryIO

from porch.engine.files.store import Store
from porch.web.server.asgi import Header, Scope, Send, respond
from porch.web.server.wsgi import Answer

log = logging.getLogger("porch.front")

PIECE = 65_536
# A reader who takes no piece for so long has gone, or wants us to keep it for ever.
STALL_SECONDS = 60.0
READERS = 4
NAME = re.compile(rb"[0-9a-f]{64}")
RANGE = re.compile(rb"bytes=(\d{1,18})?-(\d{1,18})?")
TEXT: Header = (b"content-type", b"text/plain; charset=utf-8")
KEPT_IN_304 = frozenset(
    [b"etag", b"cache-control", b"vary", b"content-security-policy", b"x-content-type-options"]
)


@dataclass(slots=True)
class FileSender:
    """Sends files of a store. ``most`` may be under way at once: each holds two pieces in memory at most."""

    store: Store
    most: int = 400
    under_way: int = 0
    threads: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(READERS, "file"))

    async def send(
        self, name: bytes, answer: Answer, scope: Scope, headers: dict[bytes, bytes], send: Send
    ) -> None:
        """Send the file that a view has named; its headers are those of the answer."""
        head = [(key, value) for key, value in answer.headers if key != b"content-length"]
        etag = next((value for key, value in head if key == b"etag"), b"")
        if matches(headers.get(b"if-none-match", b""), etag):
            return await respond(send, 304, [each for each in head if each[0] in KEPT_IN_304], b"")
        if self.under_way >= self.most:
            return await respond(
                send, 503, [TEXT, (b"retry-after", b"10")], b"Too many files are on their way.\n"
            )
        self.under_way += 1
        try:
            await self.open_and_send(name, head, etag, scope, headers, send)
        finally:
            self.under_way -= 1

    async def open_and_send(
        self,
        name: bytes,
        head: list[Header],
        etag: bytes,
        scope: Scope,
        headers: dict[bytes, bytes],
        send: Send,
    ) -> None:
        loop = asyncio.get_running_loop()
        try:
            if not NAME.fullmatch(name):
                raise FileNotFoundError
            file = await loop.run_in_executor(self.threads, self.store.open, name.decode())
        except OSError as error:
            log.error("a stored file cannot be read: %s %s", name.decode("ascii", "replace"), error)
            return await respond(
                send, 404, [TEXT], b"This file is missing here. Its operator can see which.\n"
            )
        try:
            size = os.fstat(file.fileno()).st_size
            part = asked_part(scope, headers, etag, size)
            if part is None:
                refused = [*head, (b"content-range", b"bytes */%d" % size), (b"content-length", b"0")]
                return await respond(send, 416, refused, b"")
            start, end = part
            is_part = (start, end) != (0, size)
            head += [(b"accept-ranges", b"bytes"), (b"content-length", b"%d" % (end - start))]
            if is_part:
                head.append((b"content-range", b"bytes %d-%d/%d" % (start, end - 1, size)))
            await send({"type": "http.response.start", "status": 206 if is_part else 200, "headers": head})
            if scope["method"] == "HEAD":
                return await send({"type": "http.response.body", "body": b""})
            await self.pump(file, start, end, scope, send)
        finally:
            file.close()
        return None

    async def pump(self, file: BinaryIO, start: int, end: int, scope: Scope, send: Send) -> None:
        """Read and send piece by piece, at the pace of whoever takes them."""
        loop = asyncio.get_running_loop()
        transport = scope["porch.connection"].transport
        while start < end and not transport.is_closing():
            piece = await loop.run_in_executor(
                self.threads, os.pread, file.fileno(), min(PIECE, end - start), start
            )
            start += len(piece)
            if not piece:
                log.error("a stored file is shorter than it was a moment ago")
                transport.abort()
                return
            try:
                async with asyncio.timeout(STALL_SECONDS):
                    await send({"type": "http.response.body", "body": piece, "more_body": start < end})
            except TimeoutError:
                transport.abort()
                return


def matches(asked: bytes, etag: bytes) -> bool:
    """Say whether the copy over there still holds; compared weakly, as RFC 9110 has it for If-None-Match."""
    if not asked or not etag:
        return False
    each = [part.strip().removeprefix(b"W/") for part in asked[:4_000].split(b",")]
    return etag in each or each == [b"*"]


def asked_part(scope: Scope, headers: dict[bytes, bytes], etag: bytes, size: int) -> tuple[int, int] | None:
    """Give the first byte and the end of what is asked for; None where there is no such part."""
    whole = (0, size)
    asked = RANGE.fullmatch(headers.get(b"range", b"").strip().lower())
    if not asked or scope["method"] != "GET" or headers.get(b"if-range", etag) != etag:
        return whole
    first, last = asked.groups()
    if first is None and last is None:
        return whole
    if first is None:
        start, end = max(0, size - int(last)), size
    else:
        start, end = int(first), min(size, int(last) + 1) if last else size
        if last and int(last) < start:
            return whole  # no range at all, by the grammar
    return (start, end) if start < end else None
