"""One Chromium for all tests here, and pages that must stay quiet: an error in the console fails the test."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from tests.chromium import look
from tests.porch_server import PorchProcess

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# The cast's names are their facts here too: added by a process of its own, as another server would.
ADD_MEMBER = """
from porch.community.roles.founding import admit_founder
from porch.kit.time import now
from porch.people.identity.models import Person
person = Person(name={name!r}, created_at=now())
person.set_unusable_password()
person.save()
admit_founder(person=person, at=now())
"""


@dataclass
class House:
    """A running Porch, and browsers that look at it."""

    server: PorchProcess
    chromium: Browser
    owner: Any = None
    complaints: list[str] = field(default_factory=list)

    def link(self) -> str:
        return str(json.loads(self.server.run("owner-link", "--json").stdout)["link"])

    def add_member(self, name: str) -> None:
        self.server.run("manage", "shell", "-v", "0", "-c", ADD_MEMBER.format(name=name))

    @contextmanager
    def visit(self, *, signed_in: bool = False, **options: Any) -> Iterator[Page]:
        """Open a browser of its own at this house, as a stranger or as the owner."""
        if signed_in:
            self.owner = self.owner or self.sign_in()
            options["storage_state"] = self.owner
        context = self.chromium.new_context(base_url=self.server.url, **options)
        context.set_default_timeout(8_000)
        try:
            yield self.watch(context.new_page())
        finally:
            context.close()

    def sign_in(self) -> Any:
        context: BrowserContext = self.chromium.new_context()
        page = context.new_page()
        page.goto(self.link())
        page.click("main button")
        page.wait_for_url("**/desk/")
        state = context.storage_state()
        context.close()
        return state

    def watch(self, page: Page) -> Page:
        page.on("console", lambda said: self.complaints.extend(complaint(page, said)))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page


def open_page(page: Page, path: str) -> None:
    """Go to a page and wait until its scripts have found what they are for."""
    page.goto(path)
    page.wait_for_selector("html[data-js=ready]", state="attached")


def complaint(page: Page, said: ConsoleMessage) -> list[str]:
    """Give what a page complains about; that it is itself a refusal is no complaint."""
    is_own_status = said.location["url"] == page.url and "the server responded with a status" in said.text
    return [said.text] if said.type in ("error", "warning") and not is_own_status else []


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    path = look()
    if path is None:
        pytest.skip("there is no Chromium here; name one in CHROMIUM")
    # Stopped with the last test of this folder: while it runs, Django believes itself in a coroutine.
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def whole_house(porch_server: PorchProcess, chromium: Browser) -> House:
    return House(porch_server, chromium)


@pytest.fixture
def house(whole_house: House) -> Iterator[House]:
    """The house, which has to have stayed quiet when the test is over."""
    whole_house.complaints.clear()
    yield whole_house
    assert whole_house.complaints == []


@pytest.fixture
def outside(house: House) -> Iterator[Page]:
    """A stranger's page."""
    with house.visit() as page:
        yield page


@pytest.fixture
def inside(house: House) -> Iterator[Page]:
    """The owner's page."""
    with house.visit(signed_in=True) as page:
        yield page
