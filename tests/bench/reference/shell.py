"""What every page of the reference is made with: its templates and addresses, its database, and who asks."""

import hashlib
import hmac
import json
import os
import secrets
import sqlite3
import threading
from collections import namedtuple
from collections.abc import MutableMapping
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request

PORCH = Path(__file__).parent.parent.parent.parent / "porch"
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
    "space-level": "/inside/spaces/{}/level/",
    "space-live": "/inside/spaces/{}/live/",
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
    "space-rituals": "/inside/spaces/{}/rituals/",
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
    "glass-space": "/glass/{}/",
    "glass-topic": "/glass/topics/{}/",
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

Person = namedtuple("Person", "pk email name is_operator is_authenticated", defaults=(True,))
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
    request = SimpleNamespace(path=path, user=user, csp_nonce=nonce, POST={})
    if path.startswith("/inside/"):
        row = db.execute(
            "SELECT id, waiting FROM community_member WHERE person_id = ?", (user.pk,)
        ).fetchone()  # type: ignore[attr-defined]
        request.member_id, request.waiting = row
    return {"request": request, "csrf_input": hidden}, {**HEADERS, "Content-Security-Policy": POLICY % nonce}
