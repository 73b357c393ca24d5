"""The application: its other pages, the live stream, and the addresses."""

import asyncio
import gc
import json
import os
from collections import namedtuple
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from anyio.to_thread import current_default_thread_limiter
from markupsafe import Markup
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from tests.bench.reference.shell import STRANGER, db, env, instant, page_for, who_asks
from tests.bench.reference.talk import answer, show_glass_topic, show_search, show_space, show_topic

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
WINDOWS = "SELECT slug, name FROM conversation_space WHERE is_glass ORDER BY archived_at, place, name, id"
SIGN = "SELECT 1 FROM bridge_doorsign LIMIT 1"

Member = namedtuple("Member", "id person__name joined_at portrait")
Window = namedtuple("Window", "slug name")
Article = namedtuple("Article", "slug title summary published_at author__name")

members_page = env.get_template("community/membership/members.html")
member_line = env.get_template("community/membership/member.html")
windows_part = env.get_template("public/glass/aside.html")
home_page = env.get_template("audience/articles/home.html")
listeners: set[asyncio.Queue[bytes]] = set()


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


def show_home(request: Request) -> Response:
    person = who_asks(request) or STRANGER
    rows = [Article(a, b, c, instant(at), by) for a, b, c, at, by in db.execute(ARTICLES)]
    assert db.execute(SIGN).fetchone() is None, "the stage has no door sign"
    spaces = [Window(*each) for each in db.execute(WINDOWS)]
    shown, headers = page_for("/", person)
    aside = Markup(windows_part.render(spaces=spaces, **shown))
    return HTMLResponse(
        home_page.render(articles=rows, aside=aside, newer="", older="?page=2", **shown), headers=headers
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
        Route("/inside/search/", placed(show_search)),
        Route("/glass/topics/{topic:int}/", placed(show_glass_topic)),
        Route("/inside/topics/{topic:int}/posts/", answer, methods=["POST"]),
        Route("/live/", listen),
        Route("/bench/admit/", admit, methods=["POST"]),
    ],
)
gc.collect()
gc.freeze()
