"""The link of a post that is worth a preview: the first that leads elsewhere and is its writer's own."""

import re
from html import unescape

from porch.kit.http import AddressNotAllowed, MalformedAddress
from porch.kit.http.address import parse_address

# The sanitiser writes every tag in one way, with its values quoted.
_PIECE = re.compile(r'<(/?)(blockquote|pre|code|a)\b((?:[^>"]|"[^"]*")*)>')
_HREF = re.compile(r' href="(https?://[^"]+)"')


def link_in(html: str) -> str | None:
    """Give the first address in a rendered post that leads to another site. Those in quotes and code are not meant."""
    depth = 0
    for tag in _PIECE.finditer(html):
        if tag[2] != "a":
            depth += -1 if tag[1] else 1
        elif depth == 0 and (href := _HREF.search(tag[3])):
            try:
                return str(parse_address(unescape(href[1])))
            except (AddressNotAllowed, MalformedAddress):
                continue
    return None
