"""What the index holds of a post: its words in their order, with spaces between, as both databases are given them."""

import html as markup
import re

from porch.conversation.search.tokens import tokens

# Before the number of a space it says that a post stands there; no word begins with it.
IN_SPACE = "#"
# Beside a word it says that the word stands in a title; no word has it.
IN_TITLE = "="
# Between title and text, so that no phrase goes over from one into the other.
BARRIER = " | "
MOST = 200_000  # PostgreSQL takes a megabyte of different words for one row
BETWEEN = re.compile(
    r"</?(?:p|div|li|ul|ol|dl|dt|dd|h[1-6]|blockquote|pre|table|tr|td|th|hr|br|img|details|summary)\b[^>]*>"
)
TAG = re.compile(r"<[^>]*>")


def shown_text(html: str) -> str:
    """Give what a post shows, as one text: what stands in different blocks stands apart."""
    return markup.unescape(TAG.sub("", BETWEEN.sub(" ", html)))


def words_of(title: str, html: str, space_id: int) -> str:
    """Give the words of a post, a space before and after each; ``title`` is empty where it does not begin a topic.

    Before them stands in which space it is, so that the index gives posts of some spaces alone.
    """
    place = placed_in(space_id)
    body = " ".join(each.text for each in tokens(shown_text(html)))
    if not title:
        return cut(f"{place}{body} ")
    in_title = [each.text for each in tokens(title)]
    marked = " ".join(IN_TITLE + each for each in in_title)
    return cut(f"{place}{' '.join(in_title)}{BARRIER}{marked}{BARRIER}{body} ")


def placed_in(space_id: int) -> str:
    """Write in which space a post stands, as its words begin."""
    return f" {IN_SPACE}{space_id}{BARRIER}"


def cut(words: str) -> str:
    """Leave out the end of what is too much for a row."""
    return words if len(words) <= MOST else words[:MOST].rpartition(" ")[0] + " "
