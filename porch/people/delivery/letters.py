"""A letter before it has an address: a template and what fills it. Rendered twice, as text and as HTML."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.template.loader import get_template

from porch.kit.text import clean_line

MOST_SUBJECT = 150


@dataclass(frozen=True, slots=True)
class Letter:
    """``template`` names two files without their ends: ``…/mail/test`` for ``test.txt`` and ``test.html``.

    The subject stands in the block ``subject`` of the text, or is given. It is shown at the desk and never wiped: no
    code and no link may stand in it. The body of a letter that ``is_secret`` is wiped once it is not needed.
    """

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    subject: str = ""
    is_secret: bool = False
    # Letters with the same word here stand together in mail programs.
    thread: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    subject: str
    text: str
    html: str


def write(letter: Letter, more: Mapping[str, Any]) -> Written:
    """Render a letter. ``more`` is what every mail is told, such as how to stop it."""
    context = {**more, **letter.context}
    page: Any = get_template(f"{letter.template}.txt")
    subject = letter.subject or render_block(page, "subject", context)
    return Written(
        subject=clean_line(subject, most=MOST_SUBJECT, name="subject"),
        text=tidy(page.render(context)),
        html=get_template(f"{letter.template}.html").render({**context, "title": subject}),
    )


def render_block(page: Any, name: str, context: Mapping[str, Any]) -> str:
    """Render one block of a template alone."""
    template = page.template
    return "".join(template.blocks[name](template.new_context(dict(context))))


def tidy(text: str) -> str:
    """Leave at most one empty line between two others: templates leave more where something was left out."""
    lines: list[str] = []
    for line in text.strip().splitlines():
        if line.strip() or (lines and lines[-1]):
            # Two hyphens and a space begin a signature (RFC 3676).
            lines.append(line if line == "-- " else line.rstrip())
    return "\n".join(lines) + "\n"
