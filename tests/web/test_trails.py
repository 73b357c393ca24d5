"""Trails lead where they say: each step has the title of its page, and each area its own first step."""

import re
from html import unescape

from django.test import Client

from porch.community.profiles.models import Kind
from porch.community.tiers.actions import make_tier
from tests.community.profiles.asking import ask
from tests.community.requests.wishes import asked, make_circle, whole
from tests.community.tiers.gold import terms
from tests.village import NOON, Village, add_person, browser

BEGINNINGS = ("/inside/", "/inside/today/", "/account/", "/desk/engine/")
FIRST = {
    "inside": ("Inside", "/inside/"),
    "account": ("Your account", "/account/"),
    "desk": ("Engine room", "/desk/engine/"),
}
LINK = re.compile(r'href="(/(?:inside|account|desk)/[^"#]*)"')
CRUMBS = re.compile(r'<nav class="crumbs".*?</nav>', re.DOTALL)
STEP = re.compile(r'<li><a href="([^"]+)">(.*?)</a></li>')
TITLE = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
FILES = re.compile(r"/(file|takeout|page|bundle|csv)/|\.(csv|json)$|/desk/components/")


def pages_of(client: Client) -> dict[str, str]:
    """Read every page that links lead to from where each area begins, one of each kind of list."""
    seen: dict[str, str] = {}
    waiting = list(BEGINNINGS)
    while waiting:
        path = unescape(waiting.pop())
        if path in seen or FILES.search(path):
            continue
        answer = client.get(path)
        is_page = answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html")
        seen[path] = answer.content.decode() if is_page else ""
        waiting += [found for found in LINK.findall(seen[path]) if "?" not in found]
    return seen


def title_of(page: str) -> str:
    found = TITLE.search(page)
    return unescape(re.sub(r"<[^>]+>", "", found[1])).strip() if found else ""


def test_each_step_has_the_title_of_its_page(village: Village) -> None:
    make_circle("bakers", village.ben)
    ask(village, Kind.LINE, "Work")
    make_tier(terms=terms(), by=village.ada, at=NOON)
    asked(add_person("eve"), whole())
    pages = pages_of(browser(village.ada))
    offences, trails = [], 0
    for path, page in pages.items():
        if (nav := CRUMBS.search(page)) is None:
            continue
        trails += 1
        first, *rest = [(unescape(text), unescape(href)) for href, text in STEP.findall(nav[0])]
        if first != FIRST[path.split("/")[1]]:
            offences.append(f"{path} begins with {first}")
        for text, href in rest:
            if text != title_of(pages.get(href) or browser(village.ada).get(href).content.decode()):
                offences.append(f"{path}: {text} leads to {title_of(pages.get(href, ''))}")
    assert offences == []
    assert trails > 40
