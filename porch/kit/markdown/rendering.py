"""What comes of a text: its HTML, by which version of the rules, and which rows its names led to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.conf import settings

from porch.kit.markdown.extensions import Extension
from porch.kit.markdown.html import to_html
from porch.kit.markdown.limits import clean_source
from porch.kit.markdown.parser import parse
from porch.kit.markdown.sanitising import sanitise

# Raise it with any change that makes other HTML of the same text: stored pages are made anew from their sources.
VERSION = 2


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text as it was rendered, its HTML, and the ids that each extension found in it, in order of appearance."""

    source: str
    html: str
    version: int = VERSION
    found: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


def render(source: str, *, extensions: Sequence[Extension] = (), home: str | None = None) -> Rendered:
    """Render Markdown to HTML that is safe to show to anyone.

    ``home`` is the address of this site (by default PORCH_URL). Each extension is asked once, for all names.
    Raises the refusals of ``limits``, and nothing else, whatever the text is.
    """
    source = clean_source(source)
    extensions = tuple(extensions)
    tokens, env = parse(source, extensions)
    html = to_html(tokens, settings.PORCH_URL if home is None else home)
    kinds = tuple(sorted(each.name for each in extensions))
    return Rendered(source, sanitise(html, kinds), VERSION, env.get("found", {}))
