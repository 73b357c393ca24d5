"""The rule that links the names of all extensions, after one question to each."""

import re
from collections.abc import Iterator, Mapping
from re import Match

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from porch.kit.markdown.addresses import is_link
from porch.kit.markdown.autolinks import MAILBOX
from porch.kit.markdown.extensions import Extension, Link
from porch.kit.markdown.limits import TooManyNames

Found = list[tuple[Extension, Match[str]]]  # in the order of the text, none overlapping
# A name with spaces, as it is typed: @[Ben Miller], and @[Ben Miller](member:17) for one of several.
BRACKETS = re.compile(r"@\[([^\[\]\n]{1,80})\](?:\([a-z]{1,10}:\d{1,18}\))?")
Answers = dict[str, Mapping[str, Link]]


def link_names(state: StateCore) -> None:
    """Turn names into links, outside code and links; leave the ids of the rows behind them in ``env["found"]``."""
    extensions = [each for each in (MAILBOX, *state.env.get("extensions", ())) if each.marker in state.src]
    if not extensions:
        return
    places = [
        (
            parent,
            {index: found for index, text, cut in _texts(parent) if (found := _find(text, cut, extensions))},
        )
        for parent in state.tokens
        if parent.children and any(each.marker in parent.content for each in extensions)
    ]
    answers = {
        each.name: _ask(each, [found for _, by_index in places for found in by_index.values()])
        for each in extensions
    }
    for parent, by_index in places:
        if by_index:
            parent.children = list(_woven(parent.children or [], by_index, answers))
    state.env["found"] = {
        each.name: tuple(
            dict.fromkeys(link.id for link in answers[each.name].values() if link.id is not None)
        )
        for each in extensions
        if each is not MAILBOX
    }


def without_brackets(text: str) -> str:
    """Write the names in a text as people read them."""
    return BRACKETS.sub(r"@\1", text) if "@[" in text else text


def _texts(parent: Token) -> Iterator[tuple[int, str, bool]]:
    """Give the texts that are in no link: their places, their words, and whether an underscore's mark cuts them off."""
    links, children = 0, parent.children or []
    for index, token in enumerate(children):
        if token.tag == "a":
            links += token.nesting
        elif token.type == "text" and not links:
            after = children[index + 1] if index + 1 < len(children) else None
            yield index, token.content, after is not None and after.nesting == 1 and "_" in after.markup


def _find(text: str, is_cut: bool, extensions: list[Extension]) -> Found:
    matches = [
        (each, match)
        for each in extensions
        if each.marker in text
        for match in each.compiled.finditer(text)
        # In @ada-_x_-b Markdown reads a mark, and what stands before it is not the name of somebody else.
        if not (is_cut and match.end() < len(text) and not text[match.end() :].strip("-._"))
    ]
    matches.sort(key=lambda found: found[1].start())
    kept: Found = []
    for each, match in matches:
        if not kept or match.start() >= kept[-1][1].end():
            kept.append((each, match))
    return kept


def _ask(extension: Extension, places: list[Found]) -> Mapping[str, Link]:
    """Resolve the names of one extension, in the order in which they first stand in the text."""
    names = dict.fromkeys(match[1] for found in places for each, match in found if each is extension)
    if extension.most is not None and len(names) > extension.most:
        raise TooManyNames(count=len(names), most=extension.most)
    links = extension.resolve(names.keys()) if names else {}
    return {
        name: link for name in names if (link := links.get(name)) and (not link.href or is_link(link.href))
    }


def _woven(children: list[Token], by_index: dict[int, Found], answers: Answers) -> Iterator[Token]:
    for index, token in enumerate(children):
        if index not in by_index:
            yield token
            continue
        end = 0
        for extension, match in by_index[index]:
            if link := answers[extension.name].get(match[1]):
                yield Token("text", "", 0, content=token.content[end : match.start()])
                end = match.end()
                if not link.href:
                    yield from _without_link(link, extension)
                    continue
                yield Token("link_open", "a", 1, attrs={"href": link.href}, meta=_kind(extension))
                yield Token("text", "", 0, content=link.text or match[0])
                yield Token("link_close", "a", -1)
        yield Token("text", "", 0, content=token.content[end:])


def _without_link(link: Link, extension: Extension) -> Iterator[Token]:
    """Show a name that leads nowhere: marked where there is a row behind it, and as mere words where not."""
    words = Token("text", "", 0, content=link.text)
    if link.id is None:
        yield words
    else:
        yield from (
            Token("name_open", "span", 1, meta=_kind(extension)),
            words,
            Token("name_close", "span", -1),
        )


def _kind(extension: Extension) -> dict[str, str]:
    return {} if extension is MAILBOX else {"kind": extension.name}
