"""A quotation: what a post says, marked as such, with a link that leads back to it."""

import re

from django.urls import reverse

from porch.conversation.wording.naming import MARKS, PATTERN, read
from porch.kit.markdown import plain

MOST_QUOTED, MOST_LINES = 1_500, 30
NAMED = re.compile(rf"(?<![\w@/.+\\-]){PATTERN}")


def quote(*, topic_id: int, number: int, name: str, source: str) -> str:
    """Write what a post says as a quotation. It calls nobody again, and quotes no quotations."""
    lines = own_lines(source)
    if len(source) > MOST_QUOTED or len(lines) > MOST_LINES:
        # Cut where it may be: what Markdown opens and what is hidden must not be torn.
        lines = [*own_lines(plain("\n".join(lines))[:MOST_QUOTED])[:MOST_LINES], "…"]
    text = NAMED.sub(lambda found: rf"\@{read(found[1]).label}", "\n".join(lines)).strip("\n")
    return "\n".join(
        [f"> {line_back(topic_id, number, name)}", ">", *(f"> {each}".rstrip() for each in text.split("\n"))]
    )


def line_back(topic_id: int, number: int, name: str) -> str:
    """Write the line above a quotation: who said it, and where."""
    label = " ".join(MARKS.sub("", name).split())
    return f"[{label} #{number}]({reverse('place', args=[topic_id, number])}):"


def own_lines(source: str) -> list[str]:
    """Give the lines of a text that are no quotations."""
    return [line for line in source.split("\n") if not line.lstrip().startswith(">")]
