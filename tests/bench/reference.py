"""The reference: the same pages by hand, in bare Starlette, raw SQL and Jinja2, as quick as that goes.

No framework behind it and no middleware: statements run on an open connection for each thread, templates are
compiled before the first request, the collector does not walk what is loaded. Pages are plain functions, which
Starlette runs on its threads: a statement that waits must not hold up the live streams of the same process, on
either side. With BENCH_INLINE=1 it drops even that and runs them in the event loop, as no server should.
It renders the same template files as Porch, so that a change of a page weighs on both sides. Whoever makes it
quicker without leaving work out makes the benchmark better.
"""

import asyncio
import gc
import hashlib
import hmac
import json
import os
import secrets
import sqlite3
import threading
from collections import namedtuple
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from anyio.to_thread import current_default_thread_limiter
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from tests.bench import reference_talk as talk

PORCH = Path(__file__).parent.parent.parent / "porch"
SECRET = secrets.token_bytes(32)
MONTHS = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
PATHS = {
    "home": "/",
    "inside": "/inside/",
    "live": "/live/",
    "manifest": "/porch.webmanifest",
    "account": "/account/",
    "join": "/join/",
    "directory": "/inside/directory/",
    "profile": "/account/profile/",
    "member": "/inside/members/{}/",
    "today": "/inside/today/",
    "circles": "/inside/circles/",
    "search": "/inside/search/",
    "direct": "/inside/direct/",
    "notices": "/inside/notices/",
    "spaces": "/inside/spaces/",
    "latest": "/inside/latest/",
    "space": "/inside/spaces/{}/",
    "new-topic": "/inside/spaces/{}/new/",
    "space-change": "/inside/spaces/{}/change/",
    "space-archive": "/inside/spaces/{}/archive/",
    "topic": "/inside/topics/{}/",
    "place": "/inside/topics/{}/{}/",
    "topic-posts": "/inside/topics/{}/posts/",
    "topic-answer": "/inside/topics/{}/answer/",
    "topic-level": "/inside/topics/{}/level/",
    "topic-reading": "/inside/topics/{}/reading/",
    "asked": "/inside/asked/",
    "drafts": "/inside/drafts/",
    "bookmarks": "/inside/bookmarks/",
    "tag": "/inside/tags/{}/",
    "pictures": "/inside/pictures/",
    "topic-people": "/inside/topics/{}/people/",
    "topic-draft": "/inside/topics/{}/draft/",
    "post-bookmark": "/inside/posts/{}/bookmark/",
    "post-reactions": "/inside/posts/{}/reactions/",
    "post-ask": "/inside/posts/{}/ask/",
    "post-ask-answer": "/inside/posts/{}/ask/answer/",
    "post-preview": "/inside/posts/{}/preview/",
    "post-report": "/inside/posts/{}/report/",
    "space-slow": "/inside/spaces/{}/slow/",
    "topic-live": "/inside/topics/{}/live/",
    "topic-care": "/inside/topics/{}/care/",
    "post-change": "/inside/posts/{}/change/",
    "post-deletion": "/inside/posts/{}/deletion/",
    "post-editions": "/inside/posts/{}/editions/",
    "roles": "/inside/roles/",
    "portrait": "/account/portrait/",
    "promises": "/inside/promises/",
    "consents": "/account/consents/",
    "file": "/files/{}/{}",
    "desk": "/desk/",
    "sign-in": "/sign-in/",
    "sign-out": "/sign-out/",
    "article": "/articles/{}/",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "Cache-Control": "private, no-store",
    "Vary": "Cookie",
}
POLICY = (
    "default-src 'none'; script-src 'nonce-%s'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "media-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)

SESSION = "SELECT data FROM people_session WHERE digest = ? AND ends_at > ?"
PERSON = (
    "SELECT p.id, p.email, p.name, EXISTS (SELECT 1 FROM people_operator o WHERE o.person_id = p.id) "
    "FROM people_person p WHERE p.id = ? AND p.is_active"
)
IS_MEMBER = "SELECT 1 FROM community_member WHERE person_id = ?"
COUNT = "SELECT count(*) FROM community_member"
NEWEST = "SELECT coalesce(max(id), 0) FROM engine_community_fact"
MEMBERS = (
    "SELECT m.id, p.name, m.joined_at, t.holding_id FROM community_member m "
    "JOIN people_person p ON p.id = m.person_id LEFT JOIN community_portrait t ON t.member_id = m.id "
    "ORDER BY m.joined_at DESC, m.id DESC LIMIT 20"
)
ARTICLES = (
    "SELECT a.slug, a.title, a.summary, a.published_at, p.name FROM audience_article a "
    "LEFT JOIN people_person p ON p.id = a.author_id ORDER BY a.published_at DESC, a.id DESC LIMIT 20"
)
SIGN = "SELECT 1 FROM bridge_doorsign LIMIT 1"

Person = namedtuple("Person", "pk email name is_operator is_authenticated", defaults=(True,))
Member = namedtuple("Member", "id person__name joined_at portrait")
Article = namedtuple("Article", "slug title summary published_at author__name")
STRANGER = SimpleNamespace(is_authenticated=False, pk=None)


def when(at: datetime) -> Markup:
    clock = f"{at.hour:02}:{at.minute:02}"
    return Markup(f'<time datetime="{stamp(at)}">{date(at)}, {clock} UTC</time>')


def day(at: datetime) -> Markup:
    return Markup(f'<time datetime="{stamp(at)}" data-form="day">{date(at)}</time>')


def stamp(at: datetime) -> str:
    return at.isoformat()[:19] + "Z"


def date(at: datetime) -> str:
    return f"{at.day} {MONTHS[at.month]} {at.year}"


def initials(name: str) -> str:
    words = name.split()
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


class SharedGlobals(Environment):
    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(d) if d else self.globals


def templates() -> Environment:
    parts = ("web", "bridge", "moderation", "notices", "conversation", "audience", "community", "people")
    env = SharedGlobals(
        loader=FileSystemLoader([PORCH / part / "templates" for part in parts]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
    )
    env.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    env.globals.update(
        static=lambda name: "/static/0123456789ab/" + name,
        url=lambda name, *args: PATHS[name].format(*args),
        site="http://localhost:8000",
        version="0",
        site_name="Porch",
        language=lambda: "en",
        direction=lambda: "ltr",
        goes_inside=lambda person: person.is_authenticated,
        time_zone="UTC",
        post_links=lambda: [("post-report", "Report")],
        space_links=lambda: [("space-slow", "Slow mode")],
    )
    env.filters.update(when=when, day=day, initials=initials)
    return env


def database() -> sqlite3.Connection:
    db = sqlite3.connect(os.environ["BENCH_DATABASE"], isolation_level=None, timeout=20)
    db.executescript(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY; "
        "PRAGMA mmap_size = 134217728; PRAGMA cache_size = -8000;"
    )
    return db


class Databases(threading.local):
    """An open connection for each thread."""

    def __init__(self) -> None:
        self.execute = database().execute


db = Databases()
env = templates()
members_page = env.get_template("community/membership/members.html")
member_line = env.get_template("community/membership/member.html")
home_page = env.get_template("audience/articles/home.html")
topic_page = env.get_template("conversation/topics/topic.html")
space_page = env.get_template("conversation/spaces/space.html")
listeners: set[asyncio.Queue[bytes]] = set()


def who_asks(request: Request) -> Person | None:
    key = request.cookies.get("porch")
    digest = hashlib.sha256(key.encode()).hexdigest() if key else ""
    found = key and db.execute(SESSION, (digest, str(datetime.now(UTC))[:26])).fetchone()
    if not found:
        return None
    row = db.execute(PERSON, (int(json.loads(found[0])["_auth_user_id"]),)).fetchone()
    return Person(*row) if row else None


def page_for(path: str, user: object, key: str = "") -> tuple[dict[str, object], dict[str, str]]:
    """Give what every page is rendered with, and its headers."""
    nonce = secrets.token_urlsafe(16)
    token = hmac.new(SECRET, key.encode(), hashlib.sha256).hexdigest()
    hidden = Markup(f'<input type="hidden" name="csrfmiddlewaretoken" value="{token}">')
    request = SimpleNamespace(path=path, user=user, csp_nonce=nonce)
    if path.startswith("/inside/"):
        row = db.execute(
            "SELECT id, waiting FROM community_member WHERE person_id = ?", (user.pk,)
        ).fetchone()  # type: ignore[attr-defined]
        request.member_id, request.waiting = row
    return {"request": request, "csrf_input": hidden}, {**HEADERS, "Content-Security-Policy": POLICY % nonce}


def show_members(request: Request) -> Response:
    person = who_asks(request)
    if person is None or not db.execute(IS_MEMBER, (person.pk,)).fetchone():
        return RedirectResponse("/sign-in/")
    rows = [Member(pk, name, instant(at), picture) for pk, name, at, picture in db.execute(MEMBERS)]
    shown, headers = page_for("/inside/", person, request.cookies["porch"])
    newest, count = (db.execute(each).fetchone()[0] for each in (NEWEST, COUNT))
    html = members_page.render(
        members=rows, count=count, live_after=newest, welcome="", has_just_come=False, **shown
    )
    return HTMLResponse(html, headers=headers)


def show_topic(request: Request) -> Response:
    person = who_asks(request)
    if person is None:
        return RedirectResponse("/sign-in/")
    values = {"topic": request.path_params["topic"], "person": person.pk}
    row = db.execute(talk.TOPIC, values).fetchone()
    topic = talk.Topic(*row, row[7] is None and row[12] is None)
    page = min(topic.seen // 30, (topic.posts - 1) // 30) + 1
    posts = [
        talk.Post(*each[:4], instant(each[4]), *each[5:], each[8] is not None, (), each[3], False)
        for each in db.execute(
            talk.POSTS,
            {"topic": topic.id, "after": (page - 1) * 30, "person": person.pk, "member": topic.member},
        )
    ]
    shown, headers = page_for(f"/inside/topics/{topic.id}/", person, request.cookies["porch"])
    html = topic_page.render(
        topic=topic,
        posts=posts,
        page=page,
        last=(topic.posts - 1) // 30 + 1,
        earlier=None,
        later=None,
        replied_to=None,
        source="",
        preview="",
        refusal=None,
        sent_as=secrets.token_urlsafe(16),
        told="",
        read_to=topic.posts,
        follows=(),
        may_manage=False,
        talk=None,
        poll=None,
        poll_refusal=None,
        asks={},
        at_hand=("👍", "❤️", "🎉", "😄", "🤔", "👀"),
        draft=False,
        version=0,
        **shown,
    )
    return HTMLResponse(html, headers=headers)


def show_space(request: Request) -> Response:
    person = who_asks(request)
    if person is None:
        return RedirectResponse("/sign-in/")
    row = db.execute(talk.SPACE, {"slug": request.path_params["space"], "person": person.pk}).fetchone()
    space = talk.Space(*row, True)
    topics = [
        talk.Line(*each[:5], instant(each[5]), *each[6:], each[4] - (each[9] or 0))
        for each in db.execute(talk.TOPICS, {"space": space.id, "person": person.pk})
    ]
    keepers = [name for (name,) in db.execute(talk.KEEPERS)]
    shown, headers = page_for(f"/inside/spaces/{space.slug}/", person, request.cookies["porch"])
    html = space_page.render(
        space=space,
        topics=topics[:30],
        keepers=keepers,
        told="",
        newer="",
        older="",
        heartbeats=[],
        **shown,
    )
    return HTMLResponse(html, headers=headers)


def show_home(request: Request) -> Response:
    person = who_asks(request) or STRANGER
    rows = [Article(a, b, c, instant(at), by) for a, b, c, at, by in db.execute(ARTICLES)]
    assert db.execute(SIGN).fetchone() is None, "the stage has no door sign"
    shown, headers = page_for("/", person)
    return HTMLResponse(
        home_page.render(articles=rows, aside="", newer="", older="?page=2", **shown), headers=headers
    )


async def listen(request: Request) -> Response:
    person = who_asks(request)
    if person is None or not db.execute(IS_MEMBER, (person.pk,)).fetchone():
        return RedirectResponse("/sign-in/")
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no", "X-Content-Type-Options": "nosniff"}
    return StreamingResponse(frames(), headers=headers, media_type="text/event-stream")


async def frames() -> AsyncIterator[bytes]:
    queue: asyncio.Queue[bytes] = asyncio.Queue()
    listeners.add(queue)
    try:
        yield b"retry: 2000\n\n"
        while True:
            yield await queue.get()
    finally:
        listeners.discard(queue)


async def admit(request: Request) -> Response:
    """Note that somebody joined, and tell everyone who listens."""
    at = datetime.now(UTC)
    text = str(at)[:26]
    db.execute("BEGIN IMMEDIATE")
    person = db.execute(
        "INSERT INTO people_person (password, name, created_at, is_active) VALUES ('!', 'New', ?, 1)", (text,)
    ).lastrowid
    member = db.execute(
        "INSERT INTO community_member (person_id, joined_at) VALUES (?, ?)", (person, text)
    ).lastrowid
    fact = db.execute(
        "INSERT INTO engine_community_fact (kind, version, at, ids) VALUES ('MemberJoined', 1, ?, ?)",
        (int(at.timestamp() * 1e6), json.dumps({"member_id": member, "person_id": person})),
    ).lastrowid
    db.execute("COMMIT")
    html = member_line.render(member=Member(member, "New", at, None))
    data = "".join(f"data: {line}\n" for line in html.splitlines())
    frame = f"id: {fact}\nevent: member-joined\n{data}\n".encode()
    for queue in listeners:
        queue.put_nowait(frame)
    return Response(status_code=204)


def inline(page: Callable[[Request], Response]) -> Callable[[Request], Awaitable[Response]]:
    """Run a page in the event loop."""

    async def run(request: Request) -> Response:
        return page(request)

    return run


@asynccontextmanager
async def lifespan(app: Starlette) -> AsyncIterator[None]:
    """Give Starlette one thread: with more they take the interpreter from each other, and it makes fewer pages."""
    current_default_thread_limiter().total_tokens = 1
    yield


placed = inline if os.environ.get("BENCH_INLINE") else lambda page: page
app = Starlette(
    lifespan=lifespan,
    routes=[
        Route("/", placed(show_home)),
        Route("/inside/", placed(show_members)),
        Route("/inside/topics/{topic:int}/", placed(show_topic)),
        Route("/inside/spaces/{space}/", placed(show_space)),
        Route("/live/", listen),
        Route("/bench/admit/", admit, methods=["POST"]),
    ],
)
gc.collect()
gc.freeze()
