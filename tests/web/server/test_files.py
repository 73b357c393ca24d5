"""Stored files over the wire: whole, in part, unchanged, and at any pace."""

import hashlib
import re
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from PIL import Image

from porch.web.server.files import asked_part, matches
from tests.community.portraits.pictures import as_bytes
from tests.porch_server import PorchProcess

NO_RANGES = ["bytes=", "bytes=-", "bytes=9-1", "bytes=a-b", "bytes=--5", "lines=1-2"]
NO_RANGES += ["bytes=0-1," * 2_000, "bytes=" + "9" * 400 + "-"]
pytestmark = pytest.mark.usefixtures("porch_server")


@pytest.fixture
def owner(porch_server: PorchProcess) -> Iterator[httpx.Client]:
    with porch_server.sign_in() as client:
        yield client


def token(client: httpx.Client) -> str:
    page = client.get("/account/portrait/").text
    return re.search(r'csrfmiddlewaretoken" value="([^"]+)', page)[1]  # type: ignore[index]


def upload(client: httpx.Client, data: bytes, name: str = "me.jpg") -> httpx.Response:
    return client.post(
        "/account/portrait/", data={"csrfmiddlewaretoken": token(client)}, files={"picture": (name, data)}
    )


@pytest.fixture
def path(owner: httpx.Client) -> str:
    """The address of a portrait of some hundred kilobytes."""
    noise = Image.effect_noise((1100, 1100), 120).convert("RGB")
    assert upload(owner, as_bytes(noise, "JPEG", quality=90)).status_code == 302
    return re.search(r'src="(/files/[^"]+)"', owner.get("/account/portrait/").text)[1]  # type: ignore[index]


def test_a_file_comes_whole_and_its_tag_is_its_hash(owner: httpx.Client, path: str) -> None:
    answer = owner.get(path)
    assert answer.status_code == 200
    assert answer.headers["etag"] == f'"{hashlib.sha256(answer.content).hexdigest()}"'
    assert int(answer.headers["content-length"]) == len(answer.content) > 200_000
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert not any(name.startswith("porch-") for name in answer.headers), "word for the front stays here"
    head = owner.head(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == answer.headers["content-length"]


def test_an_unchanged_file_is_not_sent_again_but_its_permission_is_asked(
    porch_server: PorchProcess, owner: httpx.Client, path: str
) -> None:
    tag = {"If-None-Match": owner.get(path).headers["etag"]}
    answer = owner.get(path, headers=tag)
    assert (answer.status_code, answer.content) == (304, b"")
    with porch_server.client() as stranger:
        assert stranger.get(path, headers=tag).status_code == 404


def test_a_part_is_sent_as_asked(owner: httpx.Client, path: str) -> None:
    whole = owner.get(path)
    size, tag = len(whole.content), whole.headers["etag"]
    for asked, start, end in (
        ("bytes=0-0", 0, 1),
        ("bytes=100-70099", 100, 70_100),
        ("bytes=-500", size - 500, size),
        (f"bytes={size - 1}-", size - 1, size),
        ("bytes=5-99999999999", 5, size),
    ):
        part = owner.get(path, headers={"Range": asked, "If-Range": tag})
        assert (part.status_code, part.content) == (206, whole.content[start:end])
        assert part.headers["content-range"] == f"bytes {start}-{end - 1}/{size}"


@pytest.mark.parametrize("asked", NO_RANGES)
def test_what_is_no_range_gets_the_whole(asked: str, owner: httpx.Client, path: str) -> None:
    answer = owner.get(path, headers={"Range": asked})
    assert answer.status_code == 200
    assert len(answer.content) == int(answer.headers["content-length"])


def test_a_part_beyond_the_end_is_refused(owner: httpx.Client, path: str) -> None:
    for asked in ("bytes=99999999-", "bytes=-0"):
        answer = owner.get(path, headers={"Range": asked})
        assert (answer.status_code, answer.content) == (416, b"")
        assert answer.headers["content-range"].startswith("bytes */")
    assert owner.get(path, headers={"Range": "bytes=0-9", "If-Range": '"old"'}).status_code == 200


def test_many_who_read_slowly_hold_nobody_up(
    porch_server: PorchProcess, owner: httpx.Client, path: str
) -> None:
    cookie = "; ".join(f"{name}={value}" for name, value in owner.cookies.items())
    request = (
        f"GET {path} HTTP/1.1\r\nHost: localhost:{porch_server.port}\r\nCookie: {cookie}\r\n\r\n".encode()
    )
    slow = []
    try:
        for _ in range(60):
            sock = socket.socket()
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
            sock.connect(("127.0.0.1", porch_server.port))
            sock.sendall(request)
            slow.append(sock)
        time.sleep(0.3)
        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(lambda _: owner.get("/inside/").status_code, range(16)))
        assert answers == [200] * 16
        assert len(owner.get(path).content) > 200_000
    finally:
        for sock in slow:
            sock.close()


def test_a_header_of_a_request_sends_no_file(
    porch_server: PorchProcess, owner: httpx.Client, path: str
) -> None:
    sha256 = owner.get(path).headers["etag"].strip('"')
    with porch_server.client() as stranger:
        answer = stranger.get("/", headers={"Porch-File": sha256})
    assert answer.headers["content-type"].startswith("text/html")


def test_a_file_whose_bytes_are_gone_is_said_to_be_missing(
    porch_server: PorchProcess, owner: httpx.Client, path: str
) -> None:
    sha256 = owner.get(path).headers["etag"].strip('"')
    stored = porch_server.folder / "data/files" / sha256[:2] / sha256[2:4] / sha256
    stored.rename(stored.with_suffix(".away"))
    try:
        assert owner.get(path).status_code == 404
        doctor = porch_server.run("doctor", "--json", check=False)
        assert "1 missing, 0 damaged" in doctor.stdout
        check = porch_server.run("files", "check", check=False)
        assert (check.returncode, check.stdout.strip()) == (1, f"missing {sha256}")
    finally:
        stored.with_suffix(".away").rename(stored)
    assert porch_server.run("files", "check").stdout == ""


def test_a_large_upload_is_refused_beside_its_field(owner: httpx.Client) -> None:
    answer = upload(owner, b"\xff\xd8\xff" + bytes(15_100_000))
    assert answer.status_code == 413
    assert "at most 15 MB" in answer.text


def test_tags_are_compared_as_a_list() -> None:
    assert matches(b'W/"a", "b"', b'"b"')
    assert matches(b"*", b'"b"')
    assert not matches(b'"bb"', b'"b"')
    assert not matches(b"", b'"b"')


def test_a_part_of_nothing_is_no_part() -> None:
    assert asked_part({"method": "GET"}, {b"range": b"bytes=0-"}, b'"a"', 0) is None
    assert asked_part({"method": "HEAD"}, {b"range": b"bytes=0-"}, b'"a"', 9) == (0, 9)
