"""The whole server from outside: what comes over the wire, hostile or not."""

import gzip
import json
import os
import re
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.porch_server import PorchProcess, children_of, running_porch

pytestmark = pytest.mark.usefixtures("porch_server")


def until(true: object, seconds: float = 5.0) -> None:
    end = time.monotonic() + seconds
    while not true():  # type: ignore[operator]
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.02)


def publish(owner: httpx.Client, title: str) -> httpx.Response:
    return fill_in(owner, "/desk/articles/new/", title=title, source="Text")


def fill_in(owner: httpx.Client, path: str, **fields: str) -> httpx.Response:
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)', owner.get(path).text)[1]  # type: ignore[index]
    return owner.post(path, data={**fields, "csrfmiddlewaretoken": token})


def test_a_stranger_gets_a_page_with_a_fresh_nonce_each_time(porch_server: PorchProcess) -> None:
    with porch_server.client() as stranger:
        answers = [stranger.get("/") for _ in range(3)]
    policies = {answer.headers["content-security-policy"] for answer in answers}
    assert len(policies) == 3
    for answer in answers:
        nonce = re.search(r"nonce-([\w-]+)", answer.headers["content-security-policy"])[1]  # type: ignore[index]
        assert f'nonce="{nonce}"' in answer.text
    assert not any(name.lower().startswith("porch-") for name in answers[0].headers)


def test_plain_and_packed_are_the_same_page(porch_server: PorchProcess) -> None:
    with porch_server.client() as stranger:
        plain = stranger.get("/", headers={"Accept-Encoding": "identity"})
        packed = stranger.get("/", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert re.sub('nonce="[^"]+"', "", plain.text) == re.sub('nonce="[^"]+"', "", packed.text)


def test_an_unchanged_page_is_not_sent_again(porch_server: PorchProcess) -> None:
    with porch_server.client() as stranger:
        first = stranger.get("/")
        again = stranger.get("/", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert "content-security-policy" not in again.headers, (
        "the browser's copy keeps the policy of its own nonce"
    )


def test_a_new_piece_is_on_the_strangers_page_at_once(porch_server: PorchProcess) -> None:
    with porch_server.sign_in() as owner, porch_server.client() as stranger:
        stranger.get("/")
        title = f"Piece {time.monotonic_ns()}"
        assert publish(owner, title).status_code == 302
        until(lambda: title in stranger.get("/").text)


def test_a_fact_of_another_process_reaches_the_cache_too(porch_server: PorchProcess) -> None:
    with porch_server.client() as stranger:
        stranger.get("/")
        porch_server.run("owner-link")
        title = f"From outside {time.monotonic_ns()}"
        code = (
            "from porch.audience.articles.actions import publish_article as p; from porch.kit.time import now; "
            "from porch.people.models import Person; "
            f"p(title='{title}', source='x', by=Person.objects.first(), at=now())"
        )
        porch_server.run("manage", "shell", "-v0", "-c", code)
        until(lambda: title in stranger.get("/").text)


def test_many_who_ask_at_once_for_a_page_that_is_not_shared_all_get_it(porch_server: PorchProcess) -> None:
    ask = f"GET /health HTTP/1.1\r\nHost: localhost:{porch_server.port}\r\nConnection: close\r\n\r\n".encode()
    with ThreadPoolExecutor(16) as pool:
        got = list(pool.map(porch_server.send_raw, [ask] * 200))
    assert {each.split()[1] for each in got} == {b"200"}


def test_who_sends_a_body_slowly_keeps_nobody_waiting(porch_server: PorchProcess) -> None:
    host = f"localhost:{porch_server.port}"
    with (
        socket.create_connection(("127.0.0.1", porch_server.port)) as slow,
        porch_server.client() as stranger,
    ):
        slow.sendall(f"GET /sign-in/ HTTP/1.1\r\nHost: {host}\r\nContent-Length: 1000\r\n\r\n".encode())
        time.sleep(0.2)
        assert stranger.get("/sign-in/", timeout=3).status_code == 200


@pytest.mark.parametrize(
    "cookies", ["Cookie: porch =KEY", "Cookie: porch=KEY\r\nCookie: a=1", "Cookie: a=1;porch=KEY"]
)
def test_no_spelling_of_a_session_cookie_makes_its_page_a_strangers(
    cookies: str, porch_server: PorchProcess
) -> None:
    with porch_server.sign_in() as owner, porch_server.client() as stranger:
        assert publish(owner, f"News {time.monotonic_ns()}").status_code == 302
        time.sleep(0.1)
        spelled = cookies.replace("KEY", owner.cookies["porch"])
        head = (
            f"GET / HTTP/1.1\r\nHost: localhost:{porch_server.port}\r\n{spelled}\r\nConnection: close\r\n\r\n"
        )
        assert b"Go inside" in porch_server.send_raw(head.encode())
        assert "Go inside" not in stranger.get("/").text


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "POST"])
def test_a_live_stream_opens_for_a_get_alone(method: str, porch_server: PorchProcess) -> None:
    with porch_server.sign_in() as owner:
        assert owner.request(method, "/live/").status_code in (403, 405)


def test_a_signed_in_page_is_never_shared(porch_server: PorchProcess) -> None:
    with porch_server.sign_in() as owner, porch_server.client() as stranger:
        mine = owner.get("/")
        assert mine.headers["cache-control"] == "private, no-store"
        assert "etag" not in mine.headers
        assert stranger.get("/").headers["cache-control"] == "no-cache"


def test_static_files_are_kept_for_a_year_and_packed(porch_server: PorchProcess) -> None:
    with porch_server.client() as stranger:
        address = re.search(r'href="(/static/[^"]+\.css)"', stranger.get("/").text)[1]  # type: ignore[index]
        answer = stranger.get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["content-type"] == "text/css; charset=utf-8"
        for path in ("/static/../porch.sqlite3", "/static/%2e%2e/secret.key", "/static/nothing.css"):
            assert stranger.get(path).status_code == 404


def test_an_upload_over_the_cap_is_refused(porch_server: PorchProcess) -> None:
    """Said in advance or not; and before any page thread is spent on it."""
    with porch_server.client() as stranger:
        declared = stranger.post("/sign-in/link/x/", content=b"x" * 65_000_000)
        assert declared.status_code == 413
        assert "PORCH_UPLOAD_MB" in declared.text

        chunked = stranger.post("/sign-in/link/x/", content=(b"x" * 1_000_000 for _ in range(70)))
        assert chunked.status_code == 413


def test_slow_uploads_starve_nobody(porch_server: PorchProcess) -> None:
    """Sixteen clients send a byte now and then; there are four page threads."""
    host = f"localhost:{porch_server.port}"
    head = f"POST /sign-in/link/x/ HTTP/1.1\r\nHost: {host}\r\nContent-Length: 1000\r\n\r\n".encode()
    slow = [socket.create_connection(("127.0.0.1", porch_server.port)) for _ in range(16)]
    try:
        for sock in slow:
            sock.sendall(head + b"a")
        with porch_server.client() as stranger:
            for n in range(10):
                assert stranger.get(f"/?{n}").status_code == 200
    finally:
        for sock in slow:
            sock.close()


HOSTILE = {
    "not http": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400),
    "no version": (b"GET /\r\n\r\n", 400),
    "a header without a colon": (b"GET / HTTP/1.1\r\nHost: HOST\r\nbroken\r\n\r\n", 400),
    "a null in a header": (b"GET / HTTP/1.1\r\nHost: HOST\r\nA: b\0c\r\n\r\n", 400),
    "a null in the path": (b"GET /%00 HTTP/1.1\r\nHost: HOST\r\n\r\n", 400),
    "a line break in the path": (b"GET /a%0d%0aSet-Cookie:%20a=b HTTP/1.1\r\nHost: HOST\r\n\r\n", 400),
    "a null in the query": (b"GET /?a=%00 HTTP/1.1\r\nHost: HOST\r\n\r\n", 400),
    "a codec for a charset": (
        b"GET /sign-in/?next=%ff%41 HTTP/1.1\r\nHost: HOST\r\nContent-Type: text/plain; charset=hex\r\n\r\n",
        400,
    ),
    "no host": (b"GET /x HTTP/1.1\r\n\r\n", 400),
    "two hosts": (b"GET / HTTP/1.1\r\nHost: HOST\r\nHost: evil.example\r\n\r\n", 400),
    "another host": (b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", 400),
    "a long head": (b"GET / HTTP/1.1\r\nHost: HOST\r\nA: " + b"x" * 40_000 + b"\r\n\r\n", 431),
    "a head without end": (b"GET / HTTP/1.1\r\nHost: HOST\r\nA: " + b"x" * 400_000, 431),
    "many headers": (b"GET / HTTP/1.1\r\nHost: HOST\r\n" + b"A: b\r\n" * 2_000 + b"\r\n", 431),
    "a long path": (b"GET /" + b"x" * 20_000 + b" HTTP/1.1\r\nHost: HOST\r\n\r\n", 414),
    "a long cookie": (b"GET /?1 HTTP/1.1\r\nHost: HOST\r\nCookie: porch=" + b"x" * 20_000 + b"\r\n\r\n", 200),
    "a broken cookie": (b"GET /?1 HTTP/1.1\r\nHost: HOST\r\nCookie: porch=\xff\xfe; =; ;;; porch-csrf=\"\r\n\r\n", 200),
    "an unknown method": (b"BREW / HTTP/1.1\r\nHost: HOST\r\n\r\n", 400),
    "trace": (b"TRACE / HTTP/1.1\r\nHost: HOST\r\n\r\n", 405),
    "connect": (b"CONNECT evil.example:80 HTTP/1.1\r\nHost: HOST\r\n\r\n", 400),
    "two lengths": (b"POST / HTTP/1.1\r\nHost: HOST\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400),
    "a length and chunks": (
        b"POST / HTTP/1.1\r\nHost: HOST\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400,
    ),
    "a negative length": (b"POST / HTTP/1.1\r\nHost: HOST\r\nContent-Length: -1\r\n\r\n", 400),
    "a length that is no number": (b"POST / HTTP/1.1\r\nHost: HOST\r\nContent-Length: ten\r\n\r\n", 400),
    "an enormous length": (b"POST /x/ HTTP/1.1\r\nHost: HOST\r\nContent-Length: 999999999999999999\r\n\r\n", 413),
    "broken chunks": (b"POST / HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\nab\r\n", 400),
    "a path that is not utf-8": (b"GET /%ff%fe/ HTTP/1.1\r\nHost: HOST\r\n\r\n", 404),
    "a surrogate in the path": (b"GET /%ed%a0%80/ HTTP/1.1\r\nHost: HOST\r\n\r\n", 404),
    "a form that is not utf-8": (
        (
            b"POST /sign-in/link/x/ HTTP/1.1\r\nHost: HOST\r\n"
            b"Content-Type: application/x-www-form-urlencoded; charset=nope\r\nContent-Length: 5\r\n\r\na=%ff"
        ),
        (400, 403),
    ),
    "a multipart form without a boundary": (
        (
            b"POST /sign-in/link/x/ HTTP/1.1\r\nHost: HOST\r\n"
            b"Content-Type: multipart/form-data\r\nContent-Length: 1\r\n\r\nx"
        ),
        (400, 403),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_request_gets_a_clear_refusal(name: str, porch_server: PorchProcess) -> None:
    data, wanted = HOSTILE[name]
    before = len(porch_server.log)
    sent = data.replace(b"HOST", f"localhost:{porch_server.port}".encode()).replace(
        b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n", 1
    )
    got = porch_server.send_raw(sent if b"\r\n\r\n" in data else data)
    status = int(got.split(b" ", 2)[1])
    assert status in (wanted if isinstance(wanted, tuple) else (wanted,)), got[:300]
    assert '"level": "error"' not in porch_server.log[before:]


def test_a_head_that_never_ends_is_hung_up_on(porch_server: PorchProcess) -> None:
    """From the first, or behind a whole request and an empty line, which other servers take for patience."""
    whole = f"GET /health HTTP/1.1\r\nHost: localhost:{porch_server.port}\r\n\r\n".encode()
    begun = time.monotonic()
    for start in (b"", whole):
        with socket.create_connection(("127.0.0.1", porch_server.port), timeout=20) as sock:
            sock.sendall(start)
            got = sock.recv(65536) if start else b""
            sock.sendall(b"\r\n" if start else b"GET / HTTP/1.1\r\nHost:")
            while chunk := sock.recv(65536):
                got += chunk
            assert b"HTTP/1.1 408" in got
    assert 16 < time.monotonic() - begun < 32


def test_headers_with_underscores_and_from_proxies_nobody_trusts_are_dropped(
    porch_server: PorchProcess,
) -> None:
    with porch_server.client() as stranger:
        answer = stranger.get(
            "/sign-in/?next=/inside/",
            headers={"X-Forwarded-Host": "evil.example", "X_Forwarded_Proto": "https"},
        )
    assert answer.status_code == 200
    assert "evil.example" not in answer.text


def test_requests_sent_ahead_are_answered_in_order(porch_server: PorchProcess) -> None:
    host = f"localhost:{porch_server.port}"
    ask = "".join(f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n" for path in ("/health", "/nothing/", "/"))
    got = porch_server.send_raw(
        ask.encode() + f"GET /health HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode()
    )
    assert re.findall(rb"HTTP/1.1 (\d+)", got) == [b"200", b"404", b"200", b"200"]


def test_a_full_form_comes_through(porch_server: PorchProcess) -> None:
    with porch_server.sign_in() as owner:
        title = "Ünïcode 🌱 & <b>" + os.urandom(4).hex()
        answer = publish(owner, title)
        assert answer.status_code == 302, answer.text
        assert "&lt;b&gt;" in owner.get(answer.headers["location"]).text


def test_a_member_who_joins_is_told_to_open_pages(porch_server: PorchProcess) -> None:
    with porch_server.sign_in() as owner:
        heard: list[str] = []
        ready = threading.Event()

        def listen() -> None:
            with owner.stream("GET", "/live/", timeout=10) as stream:
                assert stream.headers["content-type"].startswith("text/event-stream")
                for line in stream.iter_lines():
                    heard.append(line)
                    ready.set()
                    if line == "event: member-joined":
                        break

        thread = threading.Thread(target=listen)
        thread.start()
        ready.wait(5)
        admit(porch_server)
        thread.join(10)
    assert "event: member-joined" in heard


def test_whoever_reconnects_hears_what_was_missed(porch_server: PorchProcess) -> None:
    with porch_server.sign_in() as owner, owner.stream("GET", "/live/") as before:
        first_lines(before, 1)
        seen = re.search(r'data-live-after="(\d+)"', owner.get("/inside/").text)
        admit(porch_server)
        until(lambda: "New" in owner.get("/inside/").text)
        with owner.stream("GET", "/live/", headers={"Last-Event-ID": seen[1] if seen else ""}) as stream:
            assert "event: member-joined" in first_lines(stream, 4)


def first_lines(stream: httpx.Response, most: int) -> list[str]:
    lines = []
    for line in stream.iter_lines():
        lines.append(line)
        if len(lines) == most:
            break
    return lines


def admit(server: PorchProcess) -> None:
    code = (
        "from porch.community.roles.founding import admit_founder as a; from porch.kit.time import now; "
        "from porch.people.models import Person; p = Person(name='New', created_at=now()); p.save(); "
        "a(person=p, at=now())"
    )
    server.run("manage", "shell", "-v0", "-c", code)


def test_strangers_and_signed_out_hear_nothing(porch_server: PorchProcess) -> None:
    with porch_server.client() as stranger:
        answer = stranger.get("/live/")
    assert answer.status_code == 302


def test_the_log_is_json_and_tells_nobody_who_read_what(porch_server: PorchProcess) -> None:
    with porch_server.client() as stranger:
        stranger.get("/secret-reading/")
    assert "secret-reading" not in porch_server.log
    for line in porch_server.log.splitlines():
        assert line.startswith("·") or json.loads(line)["level"]


@pytest.mark.slow
def test_it_stops_quickly_with_streams_open_and_loses_no_request() -> None:
    with running_porch() as server, server.sign_in() as owner, owner.stream("GET", "/live/") as stream:
        lines = stream.iter_lines()
        assert next(lines).startswith("retry")
        results: list[int | str] = []

        def ask() -> None:
            with server.client() as client:
                for n in range(2_000):
                    try:
                        results.append(client.get(f"/?{n}", headers={"Connection": "close"}).status_code)
                    except httpx.ConnectError:
                        break  # no longer at the door: nothing was taken in
                    except httpx.HTTPError as error:
                        results.append(repr(error))

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        while len(results) < 20:
            time.sleep(0.05)
        seconds = server.stop()
        for thread in threads:
            thread.join()
        assert seconds < 5
        assert server.process.returncode == 0
        assert set(results) == {200}
        list(lines)  # ends, where a broken stream would raise


@pytest.mark.slow
def test_the_worker_ends_when_its_server_is_killed() -> None:
    with running_porch() as server:
        children = children_of(server.process.pid)
        assert len(children) == 1
        server.stop(9)
        until(lambda: not any(is_running(child) for child in children), 5)


def is_running(process: int) -> bool:
    try:
        return open(f"/proc/{process}/stat").read().split(")")[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_gzip_is_a_real_gzip(porch_server: PorchProcess) -> None:
    host = f"localhost:{porch_server.port}"
    got = porch_server.send_raw(
        f"GET / HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n".encode()
    )
    assert gzip.decompress(got.partition(b"\r\n\r\n")[2]).startswith(b"<!doctype html>")
