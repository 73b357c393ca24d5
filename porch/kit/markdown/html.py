"""Tokens into HTML: the page owns its first heading, no inline styles, and pictures of this site only."""

from collections.abc import Callable, Sequence
from html import escape

from django.utils.translation import gettext
from markdown_it.common.utils import unescapeAll
from markdown_it.token import Token

from porch.kit.markdown.addresses import FOREIGN_REL, host, is_foreign, is_picture, local
from porch.kit.markdown.highlighting import MOST_CODE_IN_ALL, can_highlight, highlight, language

_READY = {
    "paragraph_open": "<p>",
    "paragraph_close": "</p>\n",
    "blockquote_open": "<blockquote>\n",
    "blockquote_close": "</blockquote>\n",
    "bullet_list_open": "<ul>\n",
    "bullet_list_close": "</ul>\n",
    "ordered_list_close": "</ol>\n",
    "list_item_close": "</li>\n",
    "hr": "<hr>\n",
    "table_open": "<table>\n",
    "table_close": "</table>\n",
    "thead_open": "<thead>\n",
    "thead_close": "</thead>\n",
    "tbody_open": "<tbody>\n",
    "tbody_close": "</tbody>\n",
    "tr_open": "<tr>\n",
    "tr_close": "</tr>\n",
    "th_close": "</th>\n",
    "td_close": "</td>\n",
    "em_open": "<em>",
    "em_close": "</em>",
    "strong_open": "<strong>",
    "strong_close": "</strong>",
    "s_open": "<s>",
    "s_close": "</s>",
    "name_close": "</span>",
    "spoiler_close": "</span></span>",
    "spoiler_block_close": "</details>\n",
    "softbreak": "\n",
    "hardbreak": "<br>\n",
}
_ALIGNED = {"text-align:left": "left", "text-align:center": "center", "text-align:right": "right"}


def to_html(tokens: Sequence[Token], home: str) -> str:
    """Write the tokens of one text as HTML."""
    return Writer(home).write(tokens)


class Writer:
    """One pass over the tokens of one text. ``home`` is the address of this site, without a slash at its end."""

    def __init__(self, home: str) -> None:
        self.home = home
        self.out: list[str] = []
        self.box = ""  # the checkbox of a task, until the words that label it come
        self.code_left = MOST_CODE_IN_ALL
        self.in_link = False

    def write(self, tokens: Sequence[Token]) -> str:
        for index, token in enumerate(tokens):
            kind = token.type
            if kind == "inline":
                self.write_words(token.children or ())
            elif token.hidden:
                pass  # the paragraph of a tight list's item
            elif kind == "list_item_open":
                self.open_item(token, tokens[index + 1 : index + 3])
            elif ready := _READY.get(kind):
                self.out.append(ready)
            else:
                self.out.append(_RULES[kind](self, token))
        return "".join(self.out)

    def write_words(self, children: Sequence[Token]) -> None:
        box, self.box = self.box, ""
        if box:
            self.out.append(f'<label><input type="checkbox"{box} disabled> ')
        for token in children:
            kind = token.type
            if kind == "text":
                self.out.append(escape(token.content, quote=False))
            elif ready := _READY.get(kind):
                self.out.append(ready)
            else:
                self.out.append(_RULES[kind](self, token))
        if box:
            self.out.append("</label>")

    def open_item(self, token: Token, following: Sequence[Token]) -> None:
        done = token.meta.get("checked")
        if done is None:
            self.out.append("<li>")
        elif following[0].type == "paragraph_open" and not hides(following[1]):
            self.box = " checked" if done else " "
            self.out.append('<li class="task">')
        else:
            # A label names one field, and a spoiler is one.
            # A checkbox with nothing to label it is silent to a screen reader: keep it as it was written.
            self.out.append("<li>[x] " if done else "<li>[ ] ")

    def open_heading(self, token: Token) -> str:
        return f"<h{min(int(token.tag[1]) + 1, 6)}>"

    def close_heading(self, token: Token) -> str:
        return f"</h{min(int(token.tag[1]) + 1, 6)}>\n"

    def open_ordered_list(self, token: Token) -> str:
        start = token.attrs.get("start", 1)
        return "<ol>\n" if start == 1 else f'<ol start="{start}">\n'

    def open_cell(self, token: Token) -> str:
        scope = ' scope="col"' if token.tag == "th" else ""
        side = _ALIGNED.get(str(token.attrs.get("style", "")))
        return f'<{token.tag}{scope} class="{side}">' if side else f"<{token.tag}{scope}>"

    def open_name(self, token: Token) -> str:
        return f'<span class="{token.meta["kind"]}">'

    def open_spoiler(self, _token: Token) -> str:
        """Begin hidden words: a box beside them that shows them when it is ticked, by any hand and without scripts."""
        name = escape(gettext("Show the spoiler"))
        box = f'<input type="checkbox" class="spoiler" aria-label="{name}">'
        return f'<span class="spoiler">{box}<span class="spoiler">'

    def open_spoiler_block(self, _token: Token) -> str:
        return f'<details class="spoiler"><summary>{escape(gettext("Spoiler"))}</summary>\n'

    def code_span(self, token: Token) -> str:
        return f"<code>{escape(token.content, quote=False)}</code>"

    def code_block(self, token: Token) -> str:
        code = token.content
        name = language(unescapeAll(token.info)) if token.info else ""
        its_class = f' class="language-{name}"' if name else ""
        if name and len(code) <= self.code_left and can_highlight(code):
            self.code_left -= len(code)
            inner = highlight(code, name)
        else:
            inner = escape(code, quote=False)
        # The first line feed after <pre> is not part of it in HTML; the element in between keeps the code exact.
        return f'<pre class="code"><code{its_class}>{inner}</code></pre>\n'

    def open_link(self, token: Token) -> str:
        address = local(str(token.attrs["href"]), self.home)
        self.in_link = bool(address)
        if not address:
            return ""  # [words]() leads nowhere
        kind = token.meta.get("kind")
        its_class = f' class="{kind}"' if kind else ""
        return f'<a href="{escape(address)}"{its_class}{_title(token)}{_rel(address)}>'

    def close_link(self, token: Token) -> str:
        was_link, self.in_link = self.in_link, False
        return "</a>" if was_link else ""

    def picture(self, token: Token) -> str:
        """Write a picture of this site; one from elsewhere becomes a link, since its host would see who reads."""
        address = local(str(token.attrs["src"]), self.home)
        alt = picture_text(token)
        if is_picture(address):
            return f'<img src="{escape(address)}" alt="{escape(alt)}"{_title(token)} loading="lazy">'
        words = escape(alt.strip() or host(address), quote=False)
        if self.in_link or not address:
            return words
        return f'<a href="{escape(address)}"{_title(token)}{_rel(address)}>{words}</a>'


def picture_text(token: Token) -> str:
    """Return the words that stand for a picture."""
    words = []
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            words.append(" ")
        else:
            words.append(picture_text(child) if child.type == "image" else child.content)
    return "".join(words)


def hides(words: Token) -> bool:
    """Say whether a line holds a spoiler."""
    return any(each.type == "spoiler_open" for each in words.children or ())


def _title(token: Token) -> str:
    title = token.attrs.get("title")
    return f' title="{escape(str(title))}"' if title else ""


def _rel(address: str) -> str:
    return f' rel="{FOREIGN_REL}"' if is_foreign(address) else ""


_RULES: dict[str, Callable[[Writer, Token], str]] = {
    "heading_open": Writer.open_heading,
    "heading_close": Writer.close_heading,
    "ordered_list_open": Writer.open_ordered_list,
    "th_open": Writer.open_cell,
    "td_open": Writer.open_cell,
    "code_inline": Writer.code_span,
    "code_block": Writer.code_block,
    "fence": Writer.code_block,
    "link_open": Writer.open_link,
    "link_close": Writer.close_link,
    "image": Writer.picture,
    "name_open": Writer.open_name,
    "spoiler_open": Writer.open_spoiler,
    "spoiler_block_open": Writer.open_spoiler_block,
}
