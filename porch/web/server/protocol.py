"""One HTTP connection: uvicorn's, with bounds on the head of a request and a line for live streams."""

import asyncio
import select
from typing import Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

MOST_HEAD_BYTES = 32 * 1024
MOST_HEADERS = 100
HEAD_SECONDS = 10.0
LAST_MOMENT_SECONDS = 0.3
# Whoever has just come in and said nothing yet has its request on the way, on a busy machine for a while.
FIRST_MOMENT_SECONDS = 1.2
# What a subscriber may have unread before it is dropped; it comes back and resumes by Last-Event-ID.
MOST_UNREAD = 256 * 1024


class HeadRefused(Exception):
    """The head of a request is larger than any honest one."""


class Connection(HttpToolsProtocol):
    """Refuses heads that are too large (431), too slow (408) or not HTTP (400)."""

    most_connections = 10_000
    head_bytes = 0
    began: float | None = None
    is_live = False
    idle_since: float | None = None
    status = 400

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.began = self.loop.time()
        if len(self.connections) > self.most_connections:
            transport.abort()

    def data_received(self, data: bytes) -> None:
        if self.began is None and self.cycle is not None and not self.cycle.response_complete:
            super().data_received(data)  # a body, or a request that is sent ahead
            return
        if self.began is None:
            # Even an empty line ends the patience that uvicorn has with idle connections: then ours begins.
            self.began = self.loop.time()
        super().data_received(data)
        if self.began is not None and self.parser is not None and not self.transport.is_closing():
            self.head_bytes += len(data)
            if self.head_bytes > MOST_HEAD_BYTES:
                self.refuse_head(431)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["porch.connection"] = self  # type: ignore[typeddict-unknown-key]
        self.head_bytes, self.began = 0, self.loop.time()

    def on_url(self, url: bytes) -> None:
        super().on_url(url)
        if len(self.url) > MOST_HEAD_BYTES // 2:
            self.status = 414
            raise HeadRefused

    def on_header(self, name: bytes, value: bytes) -> None:
        super().on_header(name, value)
        self.head_bytes += len(name) + len(value)
        if self.head_bytes > MOST_HEAD_BYTES or len(self.headers) > MOST_HEADERS:
            self.status = 431
            raise HeadRefused

    def on_headers_complete(self) -> None:
        self.began = None
        super().on_headers_complete()
        if self.idle_since is not None:
            self.cycle.keep_alive = False  # the server is stopping: this answer is the last one here

    def refuse_head(self, status: int) -> None:
        self.status = status
        self.send_400_response("The head of this request cannot be read.")

    def send_400_response(self, msg: str) -> None:
        if self.transport.is_closing():
            return
        text = f"{self.status} {msg}\n".encode()
        self.transport.write(
            STATUS_LINE[self.status]
            + b"content-type: text/plain; charset=utf-8\r\nconnection: close\r\ncontent-length: %d\r\n\r\n"
            % len(text)
            + text
        )
        self.transport.close()

    def end_if_slow(self, at: float) -> None:
        """Close a connection whose request has been arriving for too long; the server calls this now and then."""
        if self.began is not None and at - self.began > HEAD_SECONDS:
            self.refuse_head(408)

    # The line of a live stream: frames go straight to the transport, whose buffer is the subscriber's queue.

    def open_line(self) -> None:
        """Become a line, which lives for hours: what the request said is let go of."""
        self.is_live = True
        self.url = b""
        self.headers.clear()
        if self.cycle is not None:
            self.cycle.scope.clear()  # type: ignore[attr-defined]

    def write(self, chunk: bytes) -> bool:
        """Send a chunk that is framed already. Says False, and hangs up, where too much is unread."""
        if self.transport.is_closing():
            return False
        self.transport.write(chunk)
        if self.transport.get_write_buffer_size() > MOST_UNREAD:
            self.transport.abort()
            return False
        return True

    def hang_up(self) -> None:
        """End the stream in good order; whoever does not even read its end is cut off a moment later."""
        if not self.transport.is_closing():
            self.transport.write(b"0\r\n\r\n")
            self.transport.close()
            self.loop.call_later(LAST_MOMENT_SECONDS, self.transport.abort)

    def has_unread(self) -> bool:
        sock = self.transport.get_extra_info("socket")
        return sock is not None and sock.fileno() >= 0 and has_bytes(sock.fileno())

    def shutdown(self) -> None:
        """End in good order. The server asks again and again while it stops.

        What looks idle may have its request on the way, read by the system and not yet by us: it gets a moment.
        """
        if self.transport.is_closing():
            return
        if self.is_live:
            self.hang_up()
        elif self.cycle is not None and not self.cycle.response_complete:
            self.cycle.keep_alive = False
        elif self.idle_since is None:
            self.idle_since = self.loop.time()
            self.idle_since += FIRST_MOMENT_SECONDS if self.cycle is None else 0.0
        elif self.loop.time() - self.idle_since > LAST_MOMENT_SECONDS and not self.has_unread():
            self.transport.close()


def has_bytes(file: int) -> bool:
    """Ask the system whether a socket holds anything that was not read yet."""
    poll = select.poll()
    poll.register(file, select.POLLIN)
    return bool(poll.poll(0))


def end_slow_heads(connections: Any, at: float) -> None:
    for connection in list(connections):
        if isinstance(connection, Connection):
            connection.end_if_slow(at)
