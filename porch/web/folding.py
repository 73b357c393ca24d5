"""Jinja2 environments that work out, when a template is compiled, what is the same on every page.

``{{ _("Members") }}``, ``{{ url("home") }}`` and ``{{ static("js/porch.js") }}`` become plain text in the compiled
template, once for each language. On a page of twenty rows these calls were a third of the work.
"""

from collections.abc import Callable, MutableMapping
from typing import Any

from django.utils.translation import get_language, gettext
from jinja2 import Environment, Template, TemplateAssertionError, nodes
from jinja2.visitor import NodeTransformer

TEXTS = frozenset(["_", "gettext"])
# Functions whose answer follows from their arguments and the language alone.
STEADY = frozenset(["url", "static", "language", "direction"])


class InEachLanguage(Environment):
    """Hands out templates in the language of the moment, each compiled by an environment of that language."""

    def __init__(self, furnish: Callable[[Environment], None], **options: Any) -> None:
        super().__init__(**options)
        self.furnish = furnish
        self.options = options
        self.speaking: dict[str | None, Folding] = {}
        furnish(self)

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - Jinja2's name
    ) -> Template:
        language = get_language()
        env = self.speaking.get(language)
        if env is None:
            env = Folding(**self.options)
            self.furnish(env)
            self.speaking[language] = env
        return env.get_template(name, parent, globals)


class Folding(Environment):
    """Speaks one language."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Let all templates see the same globals: a chain of two maps for each is walked in Python."""
        return super().make_globals(d) if d else self.globals

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        template = super()._parse(source, name, filename)
        for each in template.find_all(nodes.Name):
            if each.ctx != "load" and each.name in TEXTS | STEADY:
                raise TemplateAssertionError(f"{each.name!r} is taken", each.lineno, name, filename)
        folded: nodes.Template = Fold(self).visit(template)
        return folded


class Fold(NodeTransformer):
    """Replaces a call of a steady function with constant arguments by what it answers."""

    def __init__(self, env: Environment) -> None:
        self.env = env

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - Jinja2's name
        self.generic_visit(node)
        name = node.node.name if isinstance(node.node, nodes.Name) else ""
        is_plain = not (node.kwargs or node.dyn_args or node.dyn_kwargs)
        if (
            name not in TEXTS | STEADY
            or not is_plain
            or not all(isinstance(a, nodes.Const) for a in node.args)
        ):
            return node
        words = [each.as_const() for each in node.args]
        if name in STEADY:
            steady: Any = self.env.globals[name]
            return nodes.Const(steady(*words), lineno=node.lineno)
        # As Jinja2's own gettext answers: a text that is safe to write, in which %% stands for one sign.
        text = nodes.Const(gettext(*words) % {}, lineno=node.lineno)
        return nodes.MarkSafe(text, lineno=node.lineno)
