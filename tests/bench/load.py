"""A client that keeps a few connections busy: the next request goes out when the answer is whole.

It runs as a process of its own: ``python -m tests.bench.load '<order as JSON>'``. Its own CPU time counts for
nobody. It reads every byte and checks every status, so a server cannot win by answering less.
"""

import json
import selectors
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import count, repeat

FORM = "Content-Type: application/x-www-form-urlencoded"
HEAD_END = b"\r\n\r\n"
# What Chromium sends when somebody follows a link; without Accept-Encoding, so that both sides send plain bytes.
BROWSER = {
    "Connection": "keep-alive",
    "Upgrade-Insecure-Requests": "1",
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
    "Sec-Fetch-Site": "same-origin",
    "Sec-Fetch-Mode": "navigate",
    "Sec-Fetch-Dest": "document",
    "Accept-Language": "en-GB,en;q=0.9",
}


@dataclass(slots=True)
class Order:
    """Ask for ``path`` over ``connections`` sockets for ``seconds``.

    With a ``form`` each request posts it, "{n}" in it being another number each time, and is answered by a redirect.
    """

    port: int
    path: str
    headers: Mapping[str, str]
    seconds: float
    connections: int = 8
    form: str = ""


@dataclass(slots=True)
class Done:
    """How many whole answers came, how long the last body was, and the wall time from first to last."""

    answers: int
    body_bytes: int
    seconds: float


def requests_of(order: Order) -> Iterator[bytes]:
    """Give one request after the other."""
    lines = [f"{name}: {value}" for name, value in order.headers.items()]
    if not order.form:
        yield from repeat(joined(f"GET {order.path} HTTP/1.1", *lines))
    begun = time.monotonic_ns()
    for n in count():
        body = order.form.replace("{n}", f"{begun}-{n}").encode()
        length = f"Content-Length: {len(body)}"
        yield joined(f"POST {order.path} HTTP/1.1", *lines, FORM, length) + body


def joined(*lines: str) -> bytes:
    return "\r\n".join(lines).encode() + HEAD_END


def drive_apart(order: Order) -> Done:
    """Run an order in a process of its own."""
    words = [sys.executable, "-m", "tests.bench.load", json.dumps(asdict(order))]
    return Done(**json.loads(subprocess.run(words, check=True, stdout=subprocess.PIPE).stdout))


def drive(order: Order) -> Done:
    requests, status = requests_of(order), b"302" if order.form else b"200"
    poll = selectors.DefaultSelector()
    for _ in range(order.connections):
        sock = socket.create_connection(("127.0.0.1", order.port))
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        poll.register(sock, selectors.EVENT_READ, bytearray())
        sock.sendall(next(requests))
    answers, length, waiting = 0, 0, order.connections
    begun = time.monotonic()
    end = begun + order.seconds
    while waiting:
        for key, _ in poll.select():
            sock, got = key.fileobj, key.data
            chunk = sock.recv(262_144)
            if not chunk:
                raise RuntimeError("the server hung up")
            got += chunk
            whole = whole_body(got, status)
            if whole is None:
                continue
            answers, length = answers + 1, whole
            got.clear()
            if time.monotonic() < end:
                sock.sendall(next(requests))
            else:
                waiting -= 1
                poll.unregister(sock)
                sock.close()
    return Done(answers, length, time.monotonic() - begun)


def whole_body(got: bytearray, status: bytes = b"200") -> int | None:
    """Give the length of the body once the answer is whole, or None. Raises where it is of another status."""
    head = got.find(HEAD_END)
    if head < 0:
        return None
    if not got.startswith(b"HTTP/1.1 " + status + b" "):
        raise RuntimeError(f"not the page that was asked for: {bytes(got[:200])!r}")
    place = got.lower().index(b"content-length:", 0, head) + 15
    length = int(got[place : got.index(b"\r", place)])
    return length if len(got) - head - 4 >= length else None


if __name__ == "__main__":
    print(json.dumps(asdict(drive(Order(**json.loads(sys.argv[1]))))))
