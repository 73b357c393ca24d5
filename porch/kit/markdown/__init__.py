"""Markdown: text that people write, made into HTML that is safe to show, and into plain text for mails."""

from porch.kit.markdown.excerpts import excerpt, without_spoilers
from porch.kit.markdown.extensions import Extension, Link
from porch.kit.markdown.plain import plain
from porch.kit.markdown.rendering import VERSION, Rendered, render

__all__ = ["VERSION", "Extension", "Link", "Rendered", "excerpt", "plain", "render", "without_spoilers"]
