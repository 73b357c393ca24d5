"""What a page says of itself: its title, a sentence, and the name of its site."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from unicodedata import category

from porch.kit.http import Fetched
from porch.kit.text import shorten

MOST_TITLE, MOST_TEXT, MOST_SITE = 200, 300, 80
# Whatever a page says of itself it says at its beginning.
MOST_READ = 300_000
_CHARSET = re.compile(r"charset=[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_CHARSET_INSIDE = re.compile(rb"charset=[\"']?([\w.:-]{2,40})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    title: str = ""
    text: str = ""
    site: str = ""


def read_page(page: Fetched) -> Said:
    """Read what a page says of itself. A page that says nothing that can be shown gives nothing."""
    reader = Reader()
    reader.feed(text_of(page)[:MOST_READ])
    known = reader.known
    title = plain(known.get("og:title") or reader.title, MOST_TITLE)
    return Said(
        title=title,
        text=plain(known.get("og:description") or known.get("description", ""), MOST_TEXT) if title else "",
        site=plain(known.get("og:site_name", ""), MOST_SITE) if title else "",
    )


def text_of(page: Fetched) -> str:
    """Decode a page as its header, or else its beginning, says; what cannot be decoded is marked."""
    said = _CHARSET.search(page.headers.get("content-type", ""))
    inside = _CHARSET_INSIDE.search(page.body[:2_000])
    name = said[1] if said else inside[1].decode("ascii") if inside else "utf-8"
    try:
        return page.body[: MOST_READ * 4].decode(name, "replace")
    except (LookupError, ValueError):
        return page.body[: MOST_READ * 4].decode("utf-8", "replace")


def plain(text: str, most: int) -> str:
    """Make one line of what a stranger wrote: no invisible characters, none that turn the line round, not too long."""
    seen = "".join(" " if c.isspace() else c for c in text if c.isspace() or category(c) not in UNSEEN)
    return shorten(" ".join(seen.split()), most)


UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn")


class Reader(HTMLParser):
    """Takes the title and the named descriptions out of the head of a page, and nothing else."""

    def __init__(self) -> None:
        super().__init__()
        self.title = ""
        self.known: dict[str, str] = {}
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_title = tag == "title" and not self.title
        if tag == "meta":
            said = {name: value or "" for name, value in attrs}
            name = (said.get("property") or said.get("name") or "").strip().lower()
            if said.get("content", "").strip():
                self.known.setdefault(name, said["content"])

    def handle_endtag(self, tag: str) -> None:
        self._in_title = False

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data
