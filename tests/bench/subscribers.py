"""A client that holds many live lines open at one server, and measures how soon all of them are told.

It runs as a process of its own and is driven by lines on its standard input: for every line somebody joins (or
replies, where the order says so), and the milliseconds until the last subscriber had the whole frame are printed.
"""

import json
import resource
import selectors
import socket
import sys
import time

from tests.bench.load import HEAD_END, Order, requests_of

GREETING_END = b"retry: 2000\n\n"
AT_A_TIME = 50
PATIENCE_SECONDS = 60.0


class Lines:
    """``count`` open streams at one server."""

    def __init__(
        self,
        port: int,
        headers: dict[str, str],
        count: int,
        path: str = "/live/",
        poke: str = "/bench/admit/",
        event: str = "member-joined",
    ) -> None:
        self.port, self.headers, self.count, self.poke = port, headers, count, poke
        self.event = f"event: {event}".encode()
        self.poll = selectors.DefaultSelector()
        request = next(requests_of(Order(port, path, headers, 0)))
        for first in range(0, count, AT_A_TIME):
            for _ in range(min(AT_A_TIME, count - first)):
                sock = socket.create_connection(("127.0.0.1", port))
                sock.sendall(request)
                sock.setblocking(False)
                self.poll.register(sock, selectors.EVENT_READ, bytearray())
            self.wait_for(GREETING_END, min(first + AT_A_TIME, count) - first)

    def wait_for(self, word: bytes, lines: int) -> float:
        """Read until so many lines have heard ``word`` and the end of its frame; give the time of the last."""
        end = time.monotonic() + PATIENCE_SECONDS
        while lines:
            ready = self.poll.select(1.0)
            for key, _ in ready:
                got = key.data
                got += key.fileobj.recv(65_536)
                place = got.find(word)
                if place >= 0 and got.find(b"\n\n", place) >= 0:
                    lines -= 1
                    got.clear()
            if time.monotonic() > end:
                raise RuntimeError(f"{lines} of {self.count} lines never heard {word!r}")
        return time.monotonic()

    def admit(self) -> float:
        """Have somebody join, or reply; give the milliseconds until everyone knew."""
        headers = {"Host": self.headers["Host"], "Connection": "close", "Content-Length": "0"}
        request = next(requests_of(Order(self.port, self.poke, headers, 0))).replace(b"GET", b"POST", 1)
        with socket.create_connection(("127.0.0.1", self.port)) as sock:
            begun = time.monotonic()
            sock.sendall(request)
            told = self.wait_for(self.event, self.count)
            answer = sock.recv(65_536)
        if not answer.startswith(b"HTTP/1.1 204") or HEAD_END not in answer:
            raise RuntimeError(f"nobody did: {answer[:200]!r}")
        return (told - begun) * 1000


def allow_many_files() -> None:
    """Raise the number of open files as far as it goes: every line is one."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def main() -> None:
    allow_many_files()
    order = json.loads(sys.argv[1])
    lines = Lines(**order)
    print("open", flush=True)
    for _ in sys.stdin:
        print(lines.admit(), flush=True)


if __name__ == "__main__":
    main()
