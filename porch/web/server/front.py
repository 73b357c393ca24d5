"""The front: what every request meets first. It answers from memory where it can, and hands the rest to Django.

Order: static files, the cache of anonymous pages, then a page thread. Django leaves word for the front in
headers that never go out: that a page may be shared, that a response is to become a live stream, or that a stored
file is to be sent.
"""

import asyncio
import logging
import secrets
from dataclasses import dataclass, field
from io import BytesIO
from typing import BinaryIO
from urllib.parse import urlsplit

from porch.engine.files.store import LocalStore
from porch.kit.caching import TOPICS_HEADER
from porch.kit.live import CHANNELS_HEADER, LEAVES_HEADER
from porch.kit.sending import FILE_HEADER
from porch.web.languages import choose_language
from porch.web.live.hub import GREETING, Hub
from porch.web.problems import API_BYTES, OF_PROGRAMS, in_few_words
from porch.web.server.asgi import Header, Receive, Scope, Send, respond
from porch.web.server.asking import last_seen, look_over, who_asks
from porch.web.server.files import FileSender
from porch.web.server.pages import Page, Pages
from porch.web.server.pool import Full, Pool
from porch.web.server.protocol import Connection
from porch.web.server.spool import BodyRefused, Disconnected, Room, spool
from porch.web.server.static import StaticFiles
from porch.web.server.wsgi import Answer, Handler, call, make_environ
from porch.web.settings.options import Options

log = logging.getLogger("porch.front")

READING = frozenset({"GET", "HEAD", "OPTIONS"})
OF_ONE = frozenset([b"authorization", b"content-length", b"transfer-encoding"])
TOPICS = TOPICS_HEADER.lower().encode()
CHANNELS = CHANNELS_HEADER.lower().encode()
FILE = FILE_HEADER.lower().encode()
LEAVES = LEAVES_HEADER.lower().encode()
# What a line is opened for: channels, the leaves it is open by, and the last fact it knows.
Order = tuple[list[str], list[str], int | None]
NOT_TAKEN = {408: "too-slow", 413: "too-large", 503: "no-room"}
TEXT: Header = (b"content-type", b"text/plain; charset=utf-8")
STREAM: list[Header] = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]


@dataclass(slots=True)
class Front:
    """The ASGI application of a running server."""

    handler: Handler
    options: Options
    session_cookie: bytes
    pool: Pool
    static: StaticFiles = field(default_factory=StaticFiles)
    pages: Pages = field(default_factory=Pages)
    hub: Hub = field(default_factory=Hub)
    files: FileSender = field(init=False)
    host: bytes = b""
    languages: tuple[str, ...] = ("en",)
    room: Room = field(init=False)
    # Set while there is nothing to write into: reading goes on.
    is_read_only: bool = False
    making: dict[bytes, "asyncio.Future[Page | None]"] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.host = urlsplit(self.options.url).netloc.encode()
        self.files = FileSender(LocalStore(self.options.data / "files"))
        self.room = Room(str(self.options.data / "tmp"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope["headers"])
        path, method = scope["raw_path"], scope["method"]
        if method == "GET" or method == "HEAD":
            may_gzip = b"gzip" in headers.get(b"accept-encoding", b"")
            if path.startswith(b"/static/"):
                return await self.send_static(path, may_gzip, send)
            # With a body it is nobody's page but its sender's, who may take long over it; with a token, its bearer's.
            is_plain = not scope["query_string"] and not OF_ONE & headers.keys()
            if is_plain and headers.get(b"host") == self.host and not self.has_session(scope):
                key = self.shared_key(path, headers)
                return await self.send_shared(key, headers, may_gzip, scope, receive, send)
        answer = await self.ask_django(scope, headers, receive, new_nonce())
        return await self.send_answer(answer, scope, headers, receive, send)

    def shared_key(self, path: bytes, headers: dict[bytes, bytes]) -> bytes:
        """Give the key of a page that strangers share: its path, and its language where there are several."""
        if len(self.languages) == 1:
            return path
        return path + b" " + choose_language(headers.get(b"accept-language", b"")).encode()

    def has_session(self, scope: Scope) -> bool:
        """Tell whether any cookie may be a session's, in every spelling that Django would take for one."""
        return any(
            each.partition(b"=")[0].strip() == self.session_cookie
            for name, value in scope["headers"]
            if name == b"cookie"
            for each in value.split(b";")
        )

    async def send_static(self, path: bytes, may_gzip: bool, send: Send) -> None:
        found = self.static.get(path, may_gzip=may_gzip)
        if found is None:
            await respond(send, 404, [TEXT], b"There is no such file.\n")
        else:
            await respond(send, 200, *found)

    async def send_shared(
        self,
        key: bytes,
        headers: dict[bytes, bytes],
        may_gzip: bool,
        scope: Scope,
        receive: Receive,
        send: Send,
    ) -> None:
        """Answer a stranger from the cache; of many who miss the same page at once, one has it made."""
        page = self.pages.get(key)
        if page is None and (making := self.making.get(key)) is not None:
            page = await making
        if page is not None:
            return await send_page(page, headers, may_gzip, send)
        making = self.making[key] = asyncio.get_running_loop().create_future()
        try:
            begun, nonce = self.pages.changes, new_nonce()
            answer = await self.ask_django(scope, headers, receive, nonce)
            page = keep_page(self.pages, key, answer, nonce, begun)
        finally:
            # Of a page that cannot be shared several may be in the making, each for whoever asked.
            if self.making.get(key) is making:
                del self.making[key]
            making.set_result(page)
        if page is not None:
            return await send_page(page, headers, may_gzip, send)
        return await self.send_answer(answer, scope, headers, receive, send)

    async def ask_django(
        self, scope: Scope, headers: dict[bytes, bytes], receive: Receive, nonce: str
    ) -> Answer | None:
        """Take in the body, then run Django on a page thread. None means that the client has left."""
        client, scheme = who_asks(scope, headers, self.options)
        is_api, most = scope["raw_path"].startswith(OF_PROGRAMS), self.options.upload_mb * 1_000_000
        try:
            body, length, refusal = await self.take_body(headers, receive, API_BYTES if is_api else most)
        except Disconnected:
            return None
        refusal = refusal or look_over(scope, headers)
        writes = scope["method"] not in READING
        if writes and self.is_read_only:
            refusal = refusal or "database-gone"
        environ = make_environ(scope, client, scheme, body, length)
        environ["porch.nonce"] = nonce
        if refusal:
            environ["porch.refusal"] = refusal
            environ.pop("CONTENT_TYPE", None)  # by it alone Django may stumble
        if scope["path"] == "/health":
            environ["HTTP_HOST"] = self.host.decode()  # whoever probes may not know our name
        try:
            answer: Answer = await self.pool.run(call, self.handler, environ, writes=writes or is_api)
        except Full:
            log.warning("more requests wait than %s threads will get to", self.options.threads)
            return in_few_words(is_api, 503, "Too many people at the door. Try again shortly.")
        except Exception:
            log.exception("a request failed outside of Django")
            return in_few_words(is_api, 500, "Something broke on our side.")
        finally:
            body.close()
            self.room.give_back(length)
        if refusal in ("no-room", "database-gone"):
            answer.headers.append((b"retry-after", b"30"))
        if refusal in ("too-slow", "too-large", "disk", "no-room"):
            answer.headers.append((b"connection", b"close"))  # the rest of the body is not wanted
        return answer

    async def take_body(
        self, headers: dict[bytes, bytes], receive: Receive, most: int
    ) -> tuple[BinaryIO, int, str | None]:
        """Take in the body of a request: a file, its length, and a word for what was wrong with it."""
        size = headers.get(b"content-length", b"0")
        declared = int(size) if size.isdigit() else 0
        if not declared and b"transfer-encoding" not in headers:
            return BytesIO(), 0, None
        try:
            body, length = await spool(receive, declared=declared or None, most=most, room=self.room)
        except BodyRefused as refused:
            return BytesIO(), 0, NOT_TAKEN[refused.status]
        except OSError as error:
            log.error("an upload could not be written: %s", error)
            return BytesIO(), 0, "disk"
        return body, length, None

    async def send_answer(
        self, answer: Answer | None, scope: Scope, headers: dict[bytes, bytes], receive: Receive, send: Send
    ) -> None:
        if answer is None:
            return None  # the client has left
        answer.take(TOPICS)
        file = answer.take(FILE)
        if file is not None and answer.status == 200:
            return await self.files.send(file, answer, scope, headers, send)
        channels, leaves = answer.take(CHANNELS), answer.take(LEAVES) or b""
        if channels is not None and (scope["method"] != "GET" or scope["http_version"] != "1.1"):
            return await respond(
                send, 405, [TEXT, (b"allow", b"GET")], b"A live stream takes GET and HTTP/1.1.\n"
            )
        if channels is None or answer.status != 200:
            return await respond(send, answer.status, answer.headers, answer.body)
        if self.hub.is_full:
            return await respond(send, 503, [TEXT, (b"retry-after", b"30")], b"Too many are listening.\n")
        order = channels.decode().split(), leaves.decode().split(), last_seen(scope, headers)
        # From here on one waits, for hours, and with each line waits whatever is still named.
        headers.clear()
        answer.headers.clear()
        return await self.stream(order, scope["porch.connection"], receive, send)

    async def stream(self, order: Order, line: Connection, receive: Receive, send: Send) -> None:
        """Keep a line open until the client hangs up, its leave ends, or the server stops."""
        await send({"type": "http.response.start", "status": 200, "headers": STREAM})
        await send({"type": "http.response.body", "body": GREETING, "more_body": True})
        line.open_line()
        channels, leaves, after = order
        self.hub.join(line, channels, leaves=leaves, after=after)
        del order, channels, leaves
        try:
            while (await receive())["type"] != "http.disconnect":
                pass
        finally:
            self.hub.leave(line)


def new_nonce() -> str:
    return secrets.token_urlsafe(16)


def keep_page(pages: Pages, key: bytes, answer: Answer | None, nonce: str, begun: int) -> Page | None:
    """Make a shared page of an answer that allows it, and keep it. Cookies are never shared."""
    if answer is None or answer.status != 200:
        return None
    topics = answer.take(TOPICS)
    if topics is None or any(name in (b"set-cookie", FILE) for name, _ in answer.headers):
        return None
    page = Page.of(answer, topics.decode().split(), nonce.encode())
    pages.put(key, page, made_since=begun)
    return page


async def send_page(page: Page, headers: dict[bytes, bytes], may_gzip: bool, send: Send) -> None:
    """Answer with a kept page under a fresh nonce, or say that the copy over there still holds."""
    if page.etag in headers.get(b"if-none-match", b""):
        # Without the policy: the browser keeps its copy, and with it the nonce that the copy was made for.
        return await respond(send, 304, page.headers, b"")
    nonce = new_nonce().encode()
    head = [*page.headers, (b"content-security-policy", nonce.join(page.policy))]
    if may_gzip:
        body = page.gzip.fill(nonce)
        head.append((b"content-encoding", b"gzip"))
    else:
        body = nonce.join(page.plain)
    head.append((b"content-length", b"%d" % len(body)))
    return await respond(send, 200, head, body)
