"""What the tests of the HTTP client play on: real servers on loopback, and names that mean what a test says."""

import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from ipaddress import ip_network
from typing import Literal

from porch.kit.http import Network, Policy
from porch.kit.http.network import system_connect
from porch.kit.http.special import IPAddress

Reads = Literal["all", "head", "nothing"]
Script = bytes | Callable[[socket.socket], None]
LOOPBACK = (ip_network("127.0.0.1/32"), ip_network("::1/128"))
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"


class Server:
    """Plays one script for each connection, the last one again and again; ``asked`` has what it was sent."""

    def __init__(
        self, scripts: Sequence[Script], host: str, context: ssl.SSLContext | None, reads: Reads
    ) -> None:
        self.scripts, self.context, self.reads = list(scripts), context, reads
        self.asked: list[bytes] = []
        self.socket = socket.create_server(
            (host, 0), family=socket.AF_INET6 if ":" in host else socket.AF_INET
        )
        self.port: int = self.socket.getsockname()[1]
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self) -> None:
        with suppress(OSError):
            while True:
                sock, _peer = self.socket.accept()
                with suppress(OSError), sock:
                    self.play(sock)

    def play(self, sock: socket.socket) -> None:
        sock.settimeout(10)
        if self.context:
            sock = self.context.wrap_socket(sock, server_side=True)
        script = self.scripts.pop(0) if len(self.scripts) > 1 else self.scripts[0]
        with sock:
            self.asked.append(b"" if self.reads == "nothing" else read_request(sock, self.reads == "all"))
            if callable(script):
                script(sock)
            else:
                sock.sendall(script)

    def close(self) -> None:
        with suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        self.thread.join(timeout=10)

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http{'s' if self.context else ''}://{host}:{self.port}{path}"

    def headers(self, asking: int = 0) -> dict[str, str]:
        """Give the headers of a request, by name in small letters."""
        lines = self.asked[asking].partition(b"\r\n\r\n")[0].decode().split("\r\n")[1:]
        return {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}

    def first_line(self, asking: int = 0) -> str:
        return self.asked[asking].partition(b"\r\n")[0].decode()

    def body(self, asking: int = 0) -> bytes:
        return self.asked[asking].partition(b"\r\n\r\n")[2]


def read_request(sock: socket.socket, reads_body: bool) -> bytes:
    read = b""
    while b"\r\n\r\n" not in read:
        if not (more := sock.recv(65536)):
            return read
        read += more
    head, _, body = read.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: (\d+)", head)
    while reads_body and length and len(body) < int(length[1]) and (more := sock.recv(65536)):
        body += more
    return head + b"\r\n\r\n" + body


@contextmanager
def server(
    *scripts: Script,
    host: str = "127.0.0.1",
    context: ssl.SSLContext | None = None,
    reads: Reads = "all",
) -> Iterator[Server]:
    running = Server(scripts or [OK], host, context, reads)
    try:
        yield running
    finally:
        running.close()


class World:
    """What names stand for, one answer for each lookup, the last one again and again; all that is tried counts."""

    def __init__(self, names: Mapping[str, Sequence[Sequence[str]]] | None = None) -> None:
        self.names = {name: list(answers) for name, answers in (names or {}).items()}
        self.lookups: list[str] = []
        self.knocks: list[str] = []
        self.network = Network(look_up=self.look_up, connect=self.connect)

    def look_up(self, name: str, port: int) -> Sequence[str]:
        self.lookups.append(name)
        if not (answers := self.names.get(name)):
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def connect(self, address: IPAddress, port: int, seconds: float) -> socket.socket:
        self.knocks.append(str(address))
        return system_connect(address, port, seconds)


def policy(*servers: Server, **caps: object) -> Policy:
    """The usual policy, with these servers let through."""
    near = Policy(allow=LOOPBACK, ports=tuple(one.port for one in servers), seconds=10)
    return replace(near, **caps)  # type: ignore[arg-type]


def answer(body: bytes = b"", *headers: str, status: str = "200 OK") -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def redirect(to: str, status: int = 302) -> bytes:
    return answer(b"gone", f"Location: {to}", status=f"{status} Elsewhere")


def drip(first: bytes, drop: bytes) -> Callable[[socket.socket], None]:
    """Send a little now and then, until nobody listens; at most for some seconds, so that a test can fail."""

    def script(sock: socket.socket) -> None:
        sock.sendall(first)
        if not drop:
            sock.recv(1)
            return
        for _ in range(400):
            sock.sendall(drop)
            time.sleep(0.02)

    return script
