"""The first words of a rendered text, for lists, feeds and previews."""

import re
from html import unescape

from porch.kit.markdown.rendering import Rendered
from porch.kit.markdown.spoilers import word
from porch.kit.text import shorten

# The sanitiser quotes each value and escapes quotes in it: what stands between quotes is no end of a tag.
_PARAGRAPH = re.compile(r"<p>.*?</p>", re.DOTALL)
_TAG = re.compile(r'<(/?)([a-z0-9]+)((?:[^>"]|"[^"]*")*)>')
_ALT = re.compile(r' alt="([^"]*)"')
_HIDDEN_WORDS = re.compile(
    r'<span class="spoiler"><input[^>]*><span class="spoiler">.*?</span></span>', re.DOTALL
)
_HIDDEN_LINES = re.compile("<(/?)details")
_INLINE = frozenset(["a", "code", "em", "input", "label", "s", "span", "strong"])


def excerpt(page: Rendered, length: int) -> str:
    """Return the beginning of a page as one line of plain text, cut at a word to at most ``length`` characters.

    Where there are paragraphs it is made of them: headings, lists, tables and code do not read on as sentences.
    """
    html = without_spoilers(page.html)
    html = " ".join(_PARAGRAPH.findall(html)) or html
    words: list[str] = []
    begun, room = 0, length
    for tag in _TAG.finditer(html):
        words.append(piece := unescape(html[begun : tag.start()]))
        begun = tag.end()
        room -= len("".join(piece.split()))
        if tag[2] == "img" and (alt := _ALT.search(tag[3])):
            words.append(unescape(alt[1]))
        if tag[2] not in _INLINE:
            words.append(" ")
        if room < 0:
            break
    return shorten(" ".join("".join(words).split()), length)


def without_spoilers(html: str) -> str:
    """Give rendered HTML with a word in place of each spoiler."""
    if 'class="spoiler"' not in html:
        return html
    html = _HIDDEN_WORDS.sub(lambda _found: word(), html)
    out, begun, depth = [], 0, 0
    for tag in _HIDDEN_LINES.finditer(html):
        depth += -1 if tag[1] else 1
        if depth == 1 and not tag[1]:
            out += [html[begun : tag.start()], f"<p>{word()}</p>"]
        begun = tag.end() + 1
    return "".join([*out, html[begun:]])
