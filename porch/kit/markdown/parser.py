"""The one parser: CommonMark with tables, strikethrough, task lists, bare addresses and names."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import PresetType

from porch.kit.markdown.addresses import MOST_ADDRESS, is_link
from porch.kit.markdown.autolinks import link_bare_address
from porch.kit.markdown.extensions import Extension
from porch.kit.markdown.limits import MOST_DEPTH, check_depth, check_growth
from porch.kit.markdown.names import link_names
from porch.kit.markdown.spoilers import hide_words, spoiler_block
from porch.kit.markdown.tables import bounded_table


class Parser(MarkdownIt):
    """The parser with our rule for addresses, and link texts shown as they were written."""

    def configure(
        self, presets: str | PresetType, options_update: Mapping[str, Any] | None = None
    ) -> MarkdownIt:
        self.inline = InlineParser()
        return super().configure(presets, options_update)

    def validateLink(self, url: str) -> bool:  # noqa: N802
        return is_link(url)

    def normalizeLink(self, url: str) -> str:  # noqa: N802
        return super().normalizeLink(url) if len(url) <= MOST_ADDRESS else ""

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802
        return link


class InlineParser(ParserInline):
    """The parser of a paragraph, which looks first whether it was at a place before: hostile texts ask often."""

    def skipToken(self, state: StateInline) -> None:  # noqa: N802
        known = state.cache.get(state.pos)
        if known is None:
            super().skipToken(state)
        else:
            state.pos = known


def parse(source: str, extensions: tuple[Extension, ...] = ()) -> tuple[list[Token], dict[str, Any]]:
    """Parse a clean text into tokens, within the limits, and return what the extensions found beside them."""
    env: dict[str, Any] = {"extensions": extensions}
    tokens = shared_parser().parse(source, env)
    check_depth(tokens)
    check_growth(tokens)
    return tokens, env


@cache
def shared_parser() -> Parser:
    """Build the parser of all threads; a parse keeps its state to itself."""
    # Two layers beyond the limit: the parser drops what is deeper, and we must see that it is there.
    options = {"maxNesting": MOST_DEPTH + 2, "html": False, "tasklists": True}
    parser = Parser("commonmark", options)
    parser.enable(["table", "strikethrough"]).disable(["html_block", "html_inline"])
    parser.inline.ruler.after("text", "bare_address", link_bare_address)
    parser.block.ruler.at("table", bounded_table, {"alt": ["paragraph", "reference"]})
    parser.block.ruler.before(
        "fence", "spoiler", spoiler_block, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    parser.core.ruler.after("inline", "names", link_names)
    parser.core.ruler.after("names", "spoilers", hide_words)
    # The first parse compiles the chains of rules, in steps that another thread could see half done.
    parser.parse("- warm *up*\n\n| a |\n|-|\n")
    return parser
