"""Bare addresses become links: ``https://…`` while parsing (emphasis must not cut them), mailboxes afterwards."""

import re
from collections.abc import Mapping, Set

from markdown_it.rules_inline import StateInline

from porch.kit.markdown.addresses import MOST_ADDRESS
from porch.kit.markdown.extensions import Extension, Link

_SCHEME = re.compile(r"(?:^|[^a-z0-9])(https?)$", re.IGNORECASE)
_REST = re.compile(rf"://[^\s<>\"\\`]{{1,{MOST_ADDRESS}}}")
_ENDINGS = "?!.,:;*_~'\u2019\u201d\xbb"
_PAIRS = {")": "(", "]": "[", "}": "{"}


def link_bare_address(state: StateInline, silent: bool) -> bool:
    """Link ``http://`` and ``https://`` addresses that stand in the text, without the punctuation after them.

    Hosts without a scheme stay text: ``notes.md`` and ``setup.py`` are hosts too.
    """
    if silent or state.linkLevel or not state.src.startswith("://", state.pos):
        return False
    scheme = _SCHEME.search(state.pending[-6:])
    rest = _REST.match(state.src, state.pos, state.posMax)
    if not scheme or not rest:
        return False
    tail = without_ending(rest[0])
    shown = scheme[1] + tail
    address = state.md.normalizeLink(shown)
    if not state.md.validateLink(address):
        return False
    state.pending = state.pending[: -len(scheme[1])]
    state.push("link_open", "a", 1).attrs = {"href": address}
    state.push("text", "", 0).content = shown
    state.push("link_close", "a", -1)
    state.pos += len(tail)
    return True


def without_ending(address: str) -> str:
    """Cut punctuation and unpaired closing brackets that belong to the sentence around the address."""
    end = len(address)
    surplus = {close: address.count(close) - address.count(open_) for close, open_ in _PAIRS.items()}
    while end:
        last = address[end - 1]
        if last in _PAIRS:
            if surplus[last] <= 0:
                break
            surplus[last] -= 1
        elif last not in _ENDINGS:
            break
        end -= 1
    return address[:end]


def as_mailboxes(names: Set[str]) -> Mapping[str, Link]:
    """Make a link for mail of each name."""
    return {name: Link(f"mailto:{name}") for name in names}


_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
MAILBOX = Extension(
    name="mailbox",
    marker="@",
    pattern=rf"((?i:[a-z0-9][a-z0-9._+-]{{0,63}}@{_LABEL}(?:\.{_LABEL}){{1,8}}))",
    resolve=as_mailboxes,
    most=None,
)
