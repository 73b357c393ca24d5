"""Spoilers: what is hidden until somebody opens it. ``||words||`` in a line, or lines between two lines of ``||``."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

MARK = "||"


def spoiler_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Hide the lines between two lines of ``||``. Without a second one there is no spoiler."""
    if state.is_code_block(start) or line_of(state, start) != MARK:
        return False
    # The same end is looked for once only: a text of many openings must not be read again for each.
    last = state.env.setdefault("unclosed_spoilers", {})
    if start >= last.get((end, state.blkIndent), end):
        return False
    close = next((n for n in lines_within(state, start, end) if line_of(state, n) == MARK), None)
    if close is None:
        last[end, state.blkIndent] = start
        return False
    if silent:
        return True
    state.push("spoiler_block_open", "details", 1).map = [start, close + 1]
    parent, most = state.parentType, state.lineMax
    state.parentType, state.lineMax = "blockquote", close
    state.md.block.tokenize(state, start + 1, close)
    state.parentType, state.lineMax = parent, most
    state.push("spoiler_block_close", "details", -1)
    state.line = close + 1
    return True


def line_of(state: StateBlock, line: int) -> str:
    """Give a line without the space around it."""
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].rstrip()


def lines_within(state: StateBlock, start: int, end: int) -> Iterator[int]:
    """Count the lines after one, as far as its element goes."""
    for line in range(start + 1, end):
        if state.sCount[line] < state.blkIndent and not state.isEmpty(line):
            return
        yield line


def hide_words(state: StateCore) -> None:
    """Hide the words between two ``||`` of a line, outside code and links."""
    if MARK not in state.src:
        return
    for parent in state.tokens:
        if parent.children and MARK in parent.content:
            parent.children = list(with_spoilers(split(parent.children)))


def split(children: Sequence[Token]) -> Iterator[Token]:
    """Make tokens of their own of the marks in a line's text."""
    links = 0
    for token in children:
        links += token.nesting if token.tag == "a" else 0
        if token.type != "text" or links or MARK not in token.content:
            yield token
            continue
        for number, piece in enumerate(token.content.split(MARK)):
            if number:
                yield Token("spoiler_mark", "", 0, content=MARK)
            if piece:
                yield Token("text", "", 0, content=piece)


def with_spoilers(children: Iterator[Token]) -> Iterator[Token]:
    """Open and close a spoiler at each two marks that stand in the same element. A mark alone stays as written."""
    tokens = list(children)
    opened: list[int | None] = [None]  # the mark that waits for another, in each element that is open
    for place, token in enumerate(tokens):
        if token.nesting > 0:
            opened.append(None)
        elif token.nesting < 0 and len(opened) > 1:
            opened.pop()
        elif token.type == "spoiler_mark":
            begun = opened[-1]
            opened[-1] = place if begun is None or begun == place - 1 else None
            if begun is not None and opened[-1] is None and not any(opened[:-1]):
                tokens[begun] = Token("spoiler_open", "span", 1)
                tokens[place] = Token("spoiler_close", "span", -1)
    for token in tokens:
        yield Token("text", "", 0, content=MARK) if token.type == "spoiler_mark" else token


def word() -> str:
    """Give what stands for hidden text where nothing can be opened: in mails, lists and searches."""
    return f"[{gettext('Spoiler')}]"
