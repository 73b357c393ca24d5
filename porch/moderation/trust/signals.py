"""What in a post looks like spam: each signal has a name, and words for whoever looks at it. Nothing is learned."""

import hashlib
import re
import unicodedata
from datetime import timedelta
from html import unescape
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SIGNALS: dict[str, Promise] = {
    "links": _("links to other places"),
    "repeated": _("the same words again"),
    "quick": _("written within a minute of joining"),
    "speed": _("several posts in ten minutes"),
    "topics": _("several topics in a row"),
    "waiting": _("others of theirs wait already"),
}
# Leading there says nothing against a post.
HARMLESS_HOSTS = ("wikipedia.org", "wikimedia.org", "openstreetmap.org", "archive.org")
QUICK, SPEED_WITHIN, SPEED, TOPICS_WITHIN = timedelta(minutes=1), timedelta(minutes=10), 3, timedelta(hours=2)
# Once so many of theirs wait, all that follows waits too: a burst stops by itself.
WAITING_STOPS = 2
LINK = re.compile(r'<a\b[^>]*?\bhref="(https?://[^"]*)"', re.IGNORECASE)
# An address that is written and no link: people copy it.
WRITTEN = re.compile(r"(?:https?:)?//[^\s/<>\"')\]]+\.[^\s<>\"')\]]+|\bwww\.[^\s<>\"')\]]+", re.IGNORECASE)
NOT_WORDS = re.compile(r"[\W_]+")
LEAST_LETTERS = 12


def links_elsewhere(html: str) -> list[str]:
    """Give the addresses to which a rendered post leads away, but for those to harmless places."""
    return [each for each in map(unescape, LINK.findall(html)) if not is_harmless(each)]


def addresses_elsewhere(html: str, source: str) -> set[str]:
    """Give the addresses of other places to which a post leads, or which stand in its words."""
    written = {"https://" + each.split("//", 1)[-1] for each in WRITTEN.findall(source)}
    return {*links_elsewhere(html), *(each for each in written if not is_harmless(each))}


def is_harmless(address: str) -> bool:
    """Say whether an address is one of this site, or of a place that is known for no spam."""
    try:
        host = (urlsplit(address).hostname or "").rstrip(".")
    except ValueError:
        return False
    own = urlsplit(settings.PORCH_URL).hostname
    return host == own or any(host == each or host.endswith(f".{each}") for each in HARMLESS_HOSTS)


def fingerprint(source: str) -> str:
    """Give what the same words have in common, however they are set; empty for words too few to tell."""
    plain = NOT_WORDS.sub("", unicodedata.normalize("NFKC", source).casefold())
    return hashlib.sha256(plain.encode()).hexdigest() if len(plain) >= LEAST_LETTERS else ""
