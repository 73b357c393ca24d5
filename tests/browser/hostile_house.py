"""A running house full of hostile words, and who looks at which of its pages."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

from tests.browser.conftest import House, complaint

FILL = "from tests.proof.filling import fill; fill()"


@dataclass
class Filled:
    """The house, how its people sign in, and its pages: those that somebody opens, and answers with HTML."""

    house: House
    links: dict[str, str]
    topic: int
    candidates: list[str]
    states: dict[str, Any] = field(default_factory=dict)
    pages: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        for who in ("ada", "ben", "nia"):
            self.states[who] = self.sign_in(who)
        self.states["cleo"] = None
        known: set[str] = set()
        for who, state in self.states.items():
            context = self.house.chromium.new_context(base_url=self.house.server.url, storage_state=state)
            for path in self.candidates:
                is_own = path.startswith(("/account/", "/glass/")) or path == "/" or "sanction" in path
                if (path in known and not is_own) or is_live(path):
                    continue
                answer = context.request.get(path, max_redirects=0)
                if answer.status == 200 and answer.headers.get("content-type", "").startswith("text/html"):
                    known.add(path)
                    self.pages.append((who, path))
            context.close()

    def sign_in(self, who: str) -> Any:
        context = self.house.chromium.new_context(base_url=self.house.server.url)
        page = context.new_page()
        page.goto(f"/sign-in/link/{self.links[who]}/")
        page.click("main button")
        page.wait_for_load_state()
        state = context.storage_state()
        context.close()
        return state

    @contextmanager
    def tab(self, who: str, **options: Any) -> Iterator["Watched"]:
        context = self.house.chromium.new_context(
            base_url=self.house.server.url, storage_state=self.states[who], **options
        )
        context.set_default_timeout(15_000)
        try:
            yield Watched(context.new_page(), context, self.house.server.url)
        finally:
            context.close()


@dataclass
class Watched:
    """A tab in which whatever a page does of itself is written down."""

    page: Page
    context: BrowserContext
    url: str
    events: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("dialog", self.dialog)
        self.page.on("request", self.request)
        self.page.on("popup", lambda popup: self.events.append(f"opened {popup.url}"))
        self.page.on("pageerror", lambda error: self.events.append(f"error: {error}"))
        self.page.on("console", self.console)

    def console(self, said: ConsoleMessage) -> None:
        # A picture that nobody gave is not there, which harms nobody.
        if not urlsplit(said.location["url"]).path.startswith("/files/"):
            self.events.extend(f"{each} {said.location['url']}" for each in complaint(self.page, said))

    def open(self, path: str) -> None:
        """Go to a page, and wait for its scripts; what stands in a mail has none, and may run none."""
        self.page.goto(path)
        if not is_mail(path):
            self.page.wait_for_selector("html[data-js=ready]", state="attached")

    def dialog(self, dialog: Any) -> None:
        self.events.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def request(self, request: Request) -> None:
        to = urlsplit(request.url)
        if f"{to.scheme}://{to.netloc}" != self.url and to.scheme not in ("data", "blob"):
            self.events.append(f"asked {request.url}")

    def said(self) -> list[str]:
        """Give what happened, and forget it."""
        happened = [*self.events]
        self.events.clear()
        if self.page.evaluate("window.tripped !== undefined"):
            happened.append("tripped")
        return happened


def is_mail(path: str) -> bool:
    return path.startswith("/desk/mail/") and path.endswith("/page/")


def is_live(path: str) -> bool:
    return path.startswith("/live/") or path.endswith("/live/")


def fill_house(house: House) -> Filled:
    made = house.server.run("manage", "shell", "-v", "0", "-c", FILL, check=False)
    if made.returncode:
        sys.stderr.write(made.stderr[-4_000:])
        raise RuntimeError("it was not filled")
    found = json.loads(made.stdout.splitlines()[-1])
    return Filled(house, found["links"], found["topic"], found["pages"])
