"""The front's cache of anonymous pages: ready bytes, plain and compressed, with a fresh nonce in every answer.

A page is kept with its topics (``porch.kit.caching``). When a fact changes a topic the page is gone. A page
that was being made while its topic changed is not kept: it may be old already.
"""

import hashlib
import struct
import zlib
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field

from porch.web.server.asgi import Header
from porch.web.server.wsgi import Answer

NONCE_LETTERS = 22


@dataclass(slots=True, frozen=True)
class Gzip:
    """A gzip stream with gaps. The nonce goes into the gaps as stored blocks; only the checksum is made anew."""

    head: bytes
    pieces: list[bytes]
    plain: list[bytes]
    size: int

    @classmethod
    def of(cls, plain: list[bytes]) -> "Gzip":
        packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
        pieces = []
        for place, part in enumerate(plain):
            # A full flush ends on a whole byte and lets nothing after it point back across the gap.
            last = place == len(plain) - 1
            pieces.append(packer.compress(part) + packer.flush(zlib.Z_FINISH if last else zlib.Z_FULL_FLUSH))
        size = sum(map(len, plain)) + NONCE_LETTERS * (len(plain) - 1)
        return cls(b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff", pieces, plain, size)

    def fill(self, nonce: bytes) -> bytes:
        stored = b"\x00" + struct.pack("<HH", len(nonce), len(nonce) ^ 0xFFFF) + nonce
        check = zlib.crc32(nonce.join(self.plain))
        return self.head + stored.join(self.pieces) + struct.pack("<II", check, self.size & 0xFFFFFFFF)


@dataclass(slots=True, frozen=True)
class Page:
    """A page to be shared: its headers, with the nonce cut out of the policy, and its body in two codings."""

    topics: frozenset[str]
    headers: list[Header]
    policy: list[bytes]
    plain: list[bytes]
    gzip: Gzip
    etag: bytes
    size: int

    @classmethod
    def of(cls, answer: Answer, topics: Iterable[str], nonce: bytes) -> "Page":
        """Cut an answer at its nonce. Where there is none the page is one piece."""
        plain = answer.body.split(nonce) if nonce else [answer.body]
        policy = next((v for n, v in answer.headers if n == b"content-security-policy"), b"")
        etag = b'W/"' + hashlib.sha256(b"".join(plain)).hexdigest()[:20].encode() + b'"'
        keep = [
            (name, value)
            for name, value in answer.headers
            if name not in (b"content-security-policy", b"content-length", b"vary", b"etag", b"cache-control")
        ]
        keep += [(b"etag", etag), (b"cache-control", b"no-cache"), (b"vary", b"Cookie, Accept-Encoding")]
        packed = Gzip.of(plain)
        size = len(answer.body) + sum(map(len, packed.pieces)) + 2_000
        return cls(
            frozenset(topics), keep, policy.split(nonce) if nonce else [policy], plain, packed, etag, size
        )


@dataclass(slots=True)
class Pages:
    """The cache itself, bounded in bytes; the page that was least recently asked for goes first."""

    most_bytes: int = 32_000_000
    held: OrderedDict[bytes, Page] = field(default_factory=OrderedDict)
    bytes_held: int = 0
    versions: dict[str, int] = field(default_factory=dict)
    changes: int = 0

    def get(self, key: bytes) -> Page | None:
        page = self.held.get(key)
        if page is not None:
            self.held.move_to_end(key)
        return page

    def put(self, key: bytes, page: Page, *, made_since: int) -> bool:
        """Keep a page that was begun when ``changes`` stood at ``made_since``, unless it was overtaken."""
        overtaken = any(self.versions.get(topic, 0) > made_since for topic in page.topics)
        if overtaken or page.size > self.most_bytes // 8:
            return False
        self.drop(key)
        self.held[key] = page
        self.bytes_held += page.size
        while self.bytes_held > self.most_bytes:
            self.drop(next(iter(self.held)))
        return True

    def drop(self, key: bytes) -> None:
        page = self.held.pop(key, None)
        if page is not None:
            self.bytes_held -= page.size

    def change(self, *topics: str) -> None:
        """Forget every page with one of these topics."""
        self.changes += 1
        self.versions.update(dict.fromkeys(topics, self.changes))
        gone = [key for key, page in self.held.items() if not page.topics.isdisjoint(topics)]
        for key in gone:
            self.drop(key)
