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
from collections.abc import Mapping
from dataclasses import asdict, dataclass

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
    """Ask for ``path`` over ``connections`` sockets for ``seconds``."""

    port: int
    path: str
    headers: Mapping[str, str]
    seconds: float
    connections: int = 8


@dataclass(slots=True)
class Done:
    """How many whole answers came, how long the last body was, and the wall time from first to last."""

    answers: int
    body_bytes: int
    seconds: float


def request_bytes(path: str, headers: Mapping[str, str]) -> bytes:
    lines = [f"GET {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join(lines).encode() + HEAD_END


def drive_apart(order: Order) -> Done:
    """Run an order in a process of its own."""
    words = [sys.executable, "-m", "tests.bench.load", json.dumps(asdict(order))]
    return Done(**json.loads(subprocess.run(words, check=True, stdout=subprocess.PIPE).stdout))


def drive(order: Order) -> Done:
    request = request_bytes(order.path, order.headers)
    poll = selectors.DefaultSelector()
    for _ in range(order.connections):
        sock = socket.create_connection(("127.0.0.1", order.port))
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        poll.register(sock, selectors.EVENT_READ, bytearray())
        sock.sendall(request)
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
            whole = whole_body(got)
            if whole is None:
                continue
            answers, length = answers + 1, whole
            got.clear()
            if time.monotonic() < end:
                sock.sendall(request)
            else:
                waiting -= 1
                poll.unregister(sock)
                sock.close()
    return Done(answers, length, time.monotonic() - begun)


def whole_body(got: bytearray) -> int | None:
    """Give the length of the body once the answer is whole, or None. Raises where it is not a 200."""
    head = got.find(HEAD_END)
    if head < 0:
        return None
    if not got.startswith(b"HTTP/1.1 200 "):
        raise RuntimeError(f"not the page that was asked for: {bytes(got[:200])!r}")
    place = got.lower().index(b"content-length:", 0, head) + 15
    length = int(got[place : got.index(b"\r", place)])
    return length if len(got) - head - 4 >= length else None


if __name__ == "__main__":
    print(json.dumps(asdict(drive(Order(**json.loads(sys.argv[1]))))))
