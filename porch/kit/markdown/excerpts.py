"""The first words of a rendered text, for lists, feeds and previews."""

import re
from html import unescape

from porch.kit.markdown.rendering import Rendered
from porch.kit.text import shorten

# The sanitiser quotes each value and escapes quotes in it: what stands between quotes is no end of a tag.
_TAG = re.compile(r'<(/?)([a-z0-9]+)((?:[^>"]|"[^"]*")*)>')
_ALT = re.compile(r' alt="([^"]*)"')
_INLINE = frozenset(["a", "code", "em", "input", "label", "s", "span", "strong"])


def excerpt(page: Rendered, length: int) -> str:
    """Return the beginning of a page as one line of plain text, cut at a word to at most ``length`` characters."""
    words: list[str] = []
    begun, room = 0, length
    for tag in _TAG.finditer(page.html):
        words.append(piece := unescape(page.html[begun : tag.start()]))
        begun = tag.end()
        room -= len("".join(piece.split()))
        if tag[2] == "img" and (alt := _ALT.search(tag[3])):
            words.append(unescape(alt[1]))
        if tag[2] not in _INLINE:
            words.append(" ")
        if room < 0:
            break
    return shorten(" ".join("".join(words).split()), length)
