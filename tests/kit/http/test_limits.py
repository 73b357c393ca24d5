import socket
import threading
import time
from contextlib import suppress
from functools import partial

import pytest

from porch.kit.http import BadAnswer, Network, NotFetched, NotReachable, Policy, TooLarge, TooSlow, fetch
from porch.kit.http.connection import MOST_HEADER_BYTES
from porch.kit.http.network import system_connect
from tests.kit.http.stage import OK, answer, drip, policy, redirect, server

HEAD = b"HTTP/1.1 200 OK\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    ("first", "drop"),
    [
        (b"", b""),
        (b"", b"H"),
        (HEAD, b"X-More: 1\r\n"),
        (HEAD + b"X-Long: ", b"x"),
        (b"", b"HTTP/1.1 102 Processing\r\n\r\n"),
        (HEAD + b"Content-Length: 100000\r\n\r\n", b"x"),
        (HEAD + b"\r\n", b"x"),
        (CHUNKED, b"1\r\nx\r\n"),
        (CHUNKED, b"1"),
        (CHUNKED + b"0\r\n", b"X-Trailer: 1\r\n"),
    ],
    ids=[
        "silence",
        "no head",
        "headers",
        "a header",
        "hints",
        "length",
        "until it closes",
        "chunks",
        "size",
        "trailers",
    ],
)
def test_a_drip_does_not_move_the_deadline(first: bytes, drop: bytes) -> None:
    with server(drip(first, drop)) as site, pytest.raises(TooSlow):
        fetch(site.url(), policy=policy(site, seconds=0.15))


def test_the_deadline_spans_all_redirects() -> None:
    def slowly(sock: socket.socket) -> None:
        threading.Event().wait(0.05)
        sock.sendall(redirect("/again"))

    with server(slowly) as site, pytest.raises(TooSlow):
        fetch(site.url(), policy=policy(site, seconds=0.2, redirects=1000))


def test_a_server_that_takes_nothing_of_a_body_is_left() -> None:
    left = threading.Event()
    with server(lambda sock: bool(left.wait(5)) and None, reads="head") as site:
        try:
            with pytest.raises(TooSlow):
                fetch(site.url(), method="POST", body=bytes(20_000_000), policy=policy(site, seconds=0.2))
        finally:
            left.set()


def test_a_server_that_sips_at_a_body_does_not_get_all_of_it() -> None:
    taken = []

    def sip(sock: socket.socket) -> None:
        while some := sock.recv(300_000):
            taken.append(len(some))
            time.sleep(0.02)

    with server(sip, reads="head") as site, pytest.raises(TooSlow):
        fetch(site.url(), method="POST", body=bytes(40_000_000), policy=policy(site, seconds=0.2))
    assert sum(taken) < 35_000_000


def test_a_deadline_that_has_passed_sends_nothing() -> None:
    with server() as site, pytest.raises(TooSlow):
        fetch(site.url(), policy=policy(site, seconds=0))
    assert site.asked == []


def endless(first: bytes, more: bytes, sock: socket.socket) -> None:
    sock.sendall(first)
    for _ in range(10_000):
        sock.sendall(more)


@pytest.mark.parametrize(
    ("first", "more"),
    [
        (HEAD + b"X-Long: ", b"x" * 10_000),
        (HEAD, b"X-Many: 1\r\n" * 1000),
        (b"", b"HTTP/1.1 103 Early Hints\r\n\r\n" * 1000),
        (CHUNKED, b"1;" + b"x" * 10_000 + b"\r\ny\r\n"),
        (CHUNKED, b"2710\r\n" + b"x" * 10_000 + b"\r\n"),
        (HEAD + b"\r\n", b"x" * 10_000),
    ],
    ids=["a header", "headers", "hints", "chunk extensions", "chunks", "until it closes"],
)
def test_what_never_ends_is_cut_off(first: bytes, more: bytes) -> None:
    with server(partial(endless, first, more)) as site, pytest.raises(TooLarge):
        fetch(site.url(), policy=policy(site, most_bytes=100_000))


def test_headers_have_room_up_to_their_cap() -> None:
    def head(size: int) -> bytes:
        fixed = answer(b"", "X-Long: ")
        return fixed.replace(b"X-Long: ", b"X-Long: " + b"x" * (size - len(fixed)))

    with server(head(MOST_HEADER_BYTES), head(MOST_HEADER_BYTES + 1)) as site:
        assert fetch(site.url(), policy=policy(site)).status == 200
        with pytest.raises(TooLarge):
            fetch(site.url(), policy=policy(site))


def test_a_body_has_room_up_to_its_cap() -> None:
    chunked = CHUNKED + b"5\r\nhello\r\n0\r\n\r\n"
    for script in (OK, HEAD + b"\r\nhello", chunked):
        with server(script) as site:
            assert fetch(site.url(), policy=policy(site, most_bytes=5)).body == b"hello"
            with pytest.raises(TooLarge):
                fetch(site.url(), policy=policy(site, most_bytes=4))


def test_a_body_that_says_it_is_too_large_is_not_waited_for() -> None:
    with server(drip(HEAD + b"Content-Length: 5000001\r\n\r\n", b"x")) as site, pytest.raises(TooLarge):
        fetch(site.url(), policy=policy(site))


@pytest.mark.parametrize(
    "script",
    [
        HEAD + b"Content-Length: 6\r\n\r\nhello",
        HEAD + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
        HEAD + b"Content-Length: -1\r\n\r\nhello",
        HEAD + b"Content-Length: 5, 6\r\n\r\nhello",
        HEAD + b"Content-Length: five\r\n\r\nhello",
        HEAD + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\nhello",
        HEAD + b"Transfer-Encoding: gzip, chunked\r\n\r\n",
        CHUNKED + b"5\r\nhello\r\n",
        CHUNKED + b"-5\r\nhello\r\n0\r\n\r\n",
        CHUNKED + b"z\r\nhello\r\n",
        b"",
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"HTTP/2 200\r\n\r\n",
        b"HTTP/1.1 20 OK\r\n\r\n",
        b"\r\n\r\n\r\n",
        HEAD + b"No colon\r\n\r\n",
        HEAD + b"Bad name: 1\r\n\r\n",
        HEAD + b"X: a\0b\r\n\r\n",
        HEAD[:-2],
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: a\r\nConnection: upgrade\r\n\r\n",
    ],
)
def test_what_is_not_proper_http_is_refused(script: bytes) -> None:
    with server(script) as site, pytest.raises(BadAnswer) as refusal:
        fetch(site.url(), policy=policy(site))
    assert "SSH" not in str(refusal.value)


def test_what_follows_the_announced_length_is_not_read() -> None:
    with server(OK + b"HTTP/1.1 200 OK\r\n\r\nmore") as site:
        assert fetch(site.url(), policy=policy(site)).body == b"hello"


def test_a_connection_that_breaks_is_not_reachable() -> None:
    def hang_up(sock: socket.socket) -> None:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")

    with server(hang_up) as site, pytest.raises(NotReachable):
        fetch(site.url(), policy=policy(site))


def test_no_connection_stays_open() -> None:
    opened: list[socket.socket] = []
    with server(redirect("/"), OK, HEAD + b"No colon\r\n\r\n", answer(b"x" * 10)) as site:

        def connect(*place: object) -> socket.socket:
            opened.append(system_connect(*place))  # type: ignore[arg-type]
            return opened[-1]

        for _ in range(3):
            with suppress(NotFetched):
                fetch(site.url(), policy=policy(site, most_bytes=5), network=Network(connect=connect))
    assert len(opened) == 4
    assert all(sock.fileno() == -1 for sock in opened)


def test_the_usual_policy_is_strict() -> None:
    usual = Policy()
    assert (usual.allow, usual.ports, usual.ca_file) == ((), (80, 443), None)
