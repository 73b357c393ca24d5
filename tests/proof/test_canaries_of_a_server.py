"""The same canaries before a running server: its front, the pages that it keeps, its static files and its headers.

A crawl from outside goes by links, cold and warm, and again after a member has read the same addresses.
"""

import json
import re
import zlib
from base64 import b64decode, b64encode, urlsafe_b64decode
from binascii import Error, unhexlify
from collections.abc import Callable, Iterator

import httpx
import pytest

from tests.porch_server import PorchProcess, running_porch
from tests.proof.conftest import GLASS, INSIDE
from tests.proof.crawl import Answer, Crawl, leak

STARTS = [
    "/", "/?q=reply", "/sign-in/?next=/inside/", "/robots.txt", "/sitemap.xml", "/feed/", "/favicon.ico", "/health",
    "/api/v1/", "/api/v1/openapi.json", "/nothing-here/", "/files/1/none.png", "/static/none.css", "/%ff",
    "/inside/?q=reply",
]  # fmt: skip
OF_GLASS = re.compile(r"/(glass/|files/|: |\?)")
# What outsiders are answered in full, each kind at least once.
KINDS = [
    re.compile(each)
    for each in (
        "/$", "/sign-in/$", "/porch.webmanifest$", "/service-worker.js$",
        "/static/.*css$", "/static/.*js$", "/api/v1/openapi.json$", "/glass/.*/$", "/glass/topics/", "/health$",
    )
]  # fmt: skip
PNG, TEXTS = b"\x89PNG\r\n\x1a\n", (b"tEXt", b"zTXt", b"iTXt")
FILL = "from tests.proof.filling_a_house import main; main()"


def asking(client: httpx.Client, here: str) -> Callable[[str], Answer]:
    """Ask the server, and give what came with all that hides in it laid open."""

    def get(path: str) -> Answer:
        try:
            got = client.get(path)
        except httpx.InvalidURL:
            return Answer(0, "", "")
        return laid_open(got.status_code, got.headers.multi_items(), got.content)

    return get


def laid_open(status: int, headers: list[tuple[str, str]], content: bytes) -> Answer:
    """Write an answer as text: headers as they are and decoded, pictures with the words in them."""
    lines = [f"{name}: {value}" for name, value in headers]
    lines += [said for name, value in headers if name.lower() == "etag" for said in decoded(value)]
    text = content.decode("utf-8", "replace")
    if content.startswith(PNG):
        text = "\n".join(words_in(content)) + content.decode("latin-1")
    return Answer(status, "\n".join(lines), text)


def decoded(tag: str) -> Iterator[str]:
    """Give what a tag may say in another coding."""
    bare = tag.removeprefix("W/").strip('"')
    for each in {bare, *re.split(r"[-.:]", bare)}:
        for read in (
            unhexlify,
            lambda said: b64decode(said + "=="),
            lambda said: urlsafe_b64decode(said + "=="),
        ):
            try:
                yield read(each).decode("latin-1")
            except (Error, ValueError):
                continue


def words_in(png: bytes) -> Iterator[str]:
    """Give the texts that a picture carries beside what it shows."""
    at = len(PNG)
    while at + 8 <= len(png):
        size, kind = int.from_bytes(png[at : at + 4]), png[at + 4 : at + 8]
        said = png[at + 8 : at + 8 + size]
        if kind in TEXTS:
            yield said.decode("latin-1")
            for start in range(len(said)):
                try:
                    yield zlib.decompress(said[start:]).decode("latin-1")
                except zlib.error:
                    continue
        at += size + 12


def outside(server: PorchProcess, starts: list[str], hidden: list[str]) -> Crawl:
    """Crawl as a stranger, with a new browser, and find none of these."""
    with server.client() as client:
        crawl = Crawl(asking(client, server.url), server.url).walk(starts)
    told = [each for mark in hidden for each in crawl.marked(mark)]
    told += [each for each in crawl.marked(GLASS) if not OF_GLASS.match(each)]
    assert told == []
    assert [path for path, each in crawl.seen.items() if each.status >= 500] == []
    return crawl


@pytest.mark.slow
def test_nothing_of_inside_comes_out_of_a_running_server() -> None:
    with running_porch() as server:
        said = json.loads(server.run("manage", "shell", "-v", "0", "-c", FILL).stdout)
        starts, session = STARTS + said["paths"], next(iter(said["cookies"].values()))
        hidden = [INSIDE, session.lower()]
        cold = outside(server, starts, hidden)
        warm = outside(server, starts, hidden)
        kept = [path for path in cold.seen if tag_of(cold.seen[path]) == tag_of(warm.seen[path]) is not None]
        assert {"/", "/api/v1/"} <= set(kept), "the front keeps pages for strangers"
        with httpx.Client(
            base_url=server.url, timeout=10, trust_env=False, cookies=said["cookies"]
        ) as member:
            read = Crawl(asking(member, server.url), server.url)
            read.seen |= {path: read.get(path) for path in cold.seen if "sign-out" not in path}
        assert len(read.marked(INSIDE)) > 20, "a member does find the marks at the same addresses"
        after = outside(server, starts, hidden)
    assert cold.seen.keys() == warm.seen.keys() == after.seen.keys()
    for kind in KINDS:
        assert [path for path, each in cold.seen.items() if each.status == 200 and kind.match(path)], (
            kind.pattern
        )


def tag_of(answer: Answer) -> str | None:
    found = re.search(r"(?mi)^etag: (.*)$", answer.head)
    return found[1] if found else None


def chunk(kind: bytes, said: bytes) -> bytes:
    return len(said).to_bytes(4) + kind + said + bytes(4)


@pytest.mark.parametrize(
    ("headers", "content"),
    [
        ([("X-Space", INSIDE)], b""),
        ([("ETag", f'W/"{b64encode(INSIDE.encode()).decode()}"')], b""),
        ([("ETag", f'"1-{INSIDE.encode().hex()}"')], b""),
        ([], PNG + chunk(b"tEXt", b"Title\x00" + INSIDE.encode())),
        (
            [],
            PNG
            + chunk(b"IHDR", bytes(13))
            + chunk(b"zTXt", b"Title\x00\x00" + zlib.compress(INSIDE.encode())),
        ),
        ([("Set-Cookie", f"last={INSIDE}")], b""),
    ],
)
def test_a_planted_mark_is_found_wherever_it_hides(headers: list[tuple[str, str]], content: bytes) -> None:
    assert leak(INSIDE, "/", laid_open(200, headers, content))
    bare = [(name, value.replace(INSIDE, "x")) for name, value in headers if name != "ETag"]
    assert not leak(INSIDE, "/", laid_open(200, bare, PNG))
