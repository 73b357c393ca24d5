"""Colour for code, by classes: the languages we load, and how much of a text is coloured."""

from functools import cache
from html import escape
from threading import Lock

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES, _TokenType

MOST_CODE = 10_000  # characters in one block; above it the code stands plain
MOST_CODE_IN_ALL = 30_000

# Loading a lexer costs time and memory for good, and a hostile text could ask for all five hundred: these take
# 11 MB together. Lexers that load others by a name in the code (markdown, http) are not among them.
# Each name is the class of the code; its other names follow.
LANGUAGES = """
bash:sh,shell,zsh,console c cpp:c++,cc csharp:c#,cs css dart diff:patch docker:dockerfile elixir:ex erlang
go:golang graphql haskell:hs html:htm ini:cfg,conf java javascript:js,mjs jsx json:jsonc julia kotlin:kt
latex:tex lua make:makefile nginx nix ocaml:ml perl:pl php powershell:ps1 python:py,python3,pycon r ruby:rb
rust:rs scala scss:sass sql swift terraform:tf,hcl toml typescript:ts tsx vim xml:svg yaml:yml zig
"""
_ALIASES = {
    alias: name
    for name, _, aliases in (entry.partition(":") for entry in LANGUAGES.split())
    for alias in (name, *filter(None, aliases.split(",")))
}
NAMES = frozenset(_ALIASES.values())
# Words, signs and spaces are most of any code and look like the text around them: they need no element.
_PLAIN = frozenset({"", "n", "o", "p", "w", "x", "esc", "g", "ges", "l", "pm"})
CLASSES = frozenset(STANDARD_TYPES.values()) - _PLAIN

_loading = Lock()
_lexers: dict[str, Lexer] = {}


def language(info: str) -> str:
    """Return our name for the language that opens a fence's info line, or nothing."""
    return _ALIASES.get(info.split(maxsplit=1)[0].lower(), "") if info.strip() else ""


def highlight(code: str, name: str) -> str:
    """Return the HTML of ``code`` in one of ``LANGUAGES``; its text is the code, unchanged."""
    out: list[str] = []
    kind, pieces = "", [""]
    for _, token, piece in _lexer(name).get_tokens_unprocessed(code):
        if (its_kind := _class_of(token)) != kind:
            out.append(_span(kind, "".join(pieces)))
            kind, pieces = its_kind, []
        pieces.append(piece)
    out.append(_span(kind, "".join(pieces)))
    return "".join(out)


def _lexer(name: str) -> Lexer:
    with (
        _loading
    ):  # Pygments builds a lexer's tables on first use, in steps that another thread could see half done
        if name not in _lexers:
            lexer = get_lexer_by_name(name, stripnl=False, ensurenl=False)
            list(lexer.get_tokens_unprocessed("a"))
            _lexers[name] = lexer
        return _lexers[name]


@cache
def _class_of(token: _TokenType) -> str:
    while token not in STANDARD_TYPES:
        token = token.parent
    name = STANDARD_TYPES[token]
    return "" if name in _PLAIN else name


def _span(kind: str, text: str) -> str:
    text = escape(text, quote=False)
    return f'<span class="{kind}">{text}</span>' if kind and text else text
