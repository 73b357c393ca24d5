"""Tokens into plain text that reads well in a mail: lists, quotes and code kept, addresses written out."""

from collections.abc import Iterator, Sequence

from django.conf import settings
from markdown_it.token import Token

from porch.kit.markdown.addresses import full, local
from porch.kit.markdown.html import picture_text
from porch.kit.markdown.limits import UNSHOWABLE, clean_source
from porch.kit.markdown.names import without_brackets
from porch.kit.markdown.parser import parse
from porch.kit.markdown.spoilers import word

UNDERLINES = {"h1": "=", "h2": "-"}
MOST_UNDERLINE = 60


def plain(source: str, *, home: str | None = None) -> str:
    """Return the plain-text twin of a Markdown text, with the same limits and refusals as ``render``."""
    tokens, _ = parse(clean_source(source))
    home = settings.PORCH_URL if home is None else home
    lines = _blocks(iter(tokens), home)
    return UNSHOWABLE.sub("", "\n".join(line.rstrip() for line in lines) + "\n") if lines else ""


def _blocks(tokens: Iterator[Token], home: str) -> list[str]:
    """Return the lines of all blocks up to the end of the element that holds them."""
    lines: list[str] = []
    after_tight = False
    for token in tokens:
        if token.nesting < 0:
            break
        if lines and not after_tight and not token.hidden:
            lines.append("")
        lines += _block(token, tokens, home)
        after_tight = token.hidden
    return lines


def _block(token: Token, rest: Iterator[Token], home: str) -> list[str]:
    if token.type in ("fence", "code_block"):
        return ["    " + line for line in token.content.rstrip("\n").split("\n")]
    if token.type == "blockquote_open":
        return ["> " + line for line in _blocks(rest, home)]
    if token.type in ("bullet_list_open", "ordered_list_open"):
        return _items(token, rest, home)
    if token.type == "table_open":
        return _rows(rest, home)
    if token.type == "spoiler_block_open":
        _blocks(rest, home)
        return [word()]
    if token.type == "hr":
        return ["* * *"]
    words = _words(next(rest).children or (), home)
    next(rest)  # the end of the paragraph or heading
    line = UNDERLINES.get(token.tag, "") * min(len(words), MOST_UNDERLINE)
    return [*words.split("\n"), line] if line else words.split("\n")


def _items(token: Token, rest: Iterator[Token], home: str) -> list[str]:
    number = int(token.attrs.get("start", 1)) if token.tag == "ol" else None
    items = []
    for item in rest:
        if item.nesting < 0:
            break
        marker = "- " if number is None else f"{number}. "
        first = {None: "", True: "[x] ", False: "[ ] "}[item.meta.get("checked")]
        lines = _blocks(rest, home) or [""]
        items.append([marker + first + lines[0], *(" " * len(marker) + line for line in lines[1:])])
        number = None if number is None else number + 1
    is_loose = any(not line.strip() for item in items for line in item)
    return [line for n, item in enumerate(items) for line in (["", *item] if n and is_loose else item)]


def _rows(rest: Iterator[Token], home: str) -> list[str]:
    lines: list[str] = []
    row: list[str] = []
    for token in rest:
        if token.type == "table_close":
            break
        if token.type == "inline":
            row.append(_words(token.children or (), home))
        elif token.type == "tr_close":
            lines.append(" | ".join(row))
            row = []
        elif token.type == "thead_close":
            lines.append("-" * min(len(lines[0]), MOST_UNDERLINE))
    return lines


def _words(children: Sequence[Token], home: str) -> str:
    out: list[str] = []
    link: tuple[int, str] | None = None  # where the words of the open link begin, and where it leads
    hidden = -1  # where a spoiler begins
    for token in children:
        if token.type == "spoiler_open":
            hidden = len(out)
        elif token.type == "spoiler_close":
            out[hidden:] = [word()]
        elif token.type == "link_open":
            link = len(out), _address(token.attrs["href"], home)
        elif token.type == "link_close" and link:
            words = "".join(out[link[0] :])
            out[link[0] :] = [_with_address(words, link[1])]
            link = None
        elif token.type == "image":
            words = picture_text(token)
            out.append(words if link else _with_address(words, _address(token.attrs["src"], home)))
        elif token.type in ("softbreak", "hardbreak"):
            out.append("\n")
        elif token.tag == "s":
            out.append("~")
        elif token.type == "text":
            out.append(without_brackets(token.content))
        else:
            out.append(token.content)
    return "".join(out)


def _address(value: object, home: str) -> str:
    return full(local(str(value), home), home).removeprefix("mailto:")


def _with_address(words: str, address: str) -> str:
    if not address:
        return words
    return address if not words.strip() or words == address else f"{words} ({address})"
