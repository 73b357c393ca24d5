"""Jinja2 environments that work out, when a template is compiled, what is the same on every page.

``{{ _("Members") }}``, ``{{ url("home") }}`` and ``{{ static("js/porch.js") }}`` become plain text in the compiled
template, once for each language. On a page of twenty rows these calls were a third of the work. Of
``{{ _("by %(name)s", name=who) }}`` the text becomes plain, and the name is written into it; what is counted is put
into words once for each number. Macros, and functions that ask nothing of the context, are called straight.
"""

import re
from collections.abc import Callable, MutableMapping
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language, gettext, ngettext
from jinja2 import Environment, Template, TemplateAssertionError, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

TEXTS = frozenset(["_", "gettext"])
COUNTED = "ngettext"
# Under this name a template finds what puts a number into words; no template calls it by itself.
IN_WORDS = "counted_in_words"
# A place for a value in a text, or a sign that stands for itself.
PLACE = re.compile(r"%\((\w+)\)s|(%%)")
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


class Straight(CodeGenerator):
    """Writes the calls that are marked without asking, at each of them, what the function wants of the context."""

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        kind = None if forward_caller else getattr(node, "straight", None)
        if kind is None:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        if kind == "macro":
            self.write("(context.eval_ctx")
            self.signature(node, frame)
        else:
            self.write("(")
            for place, each in enumerate(node.args):
                self.write(", " if place else "")
                self.visit(each, frame)
        self.write(")")


class Folding(Environment):
    """Speaks one language."""

    code_generator_class = Straight

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.globals[IN_WORDS] = lru_cache(maxsize=10_000, typed=True)(count_in_words)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Let all templates see the same globals: a chain of two maps for each is walked in Python."""
        return super().make_globals(d) if d else self.globals

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        template = super()._parse(source, name, filename)
        for each in template.find_all(nodes.Name):
            if each.ctx != "load" and each.name in TEXTS | STEADY | {COUNTED, IN_WORDS}:
                raise TemplateAssertionError(f"{each.name!r} is taken", each.lineno, name, filename)
        # In a text that is not escaped nothing is marked as safe.
        is_safe = self.autoescape(name) if callable(self.autoescape) else self.autoescape
        folded: nodes.Template = Fold(self, macros_in(template), is_safe=is_safe).visit(template)
        return folded


class Fold(NodeTransformer):
    """Replaces a call of a steady function with constant arguments by what it answers, and marks those of macros."""

    def __init__(self, env: Environment, macros: set[str], *, is_safe: bool) -> None:
        self.env, self.macros, self.is_safe = env, macros, is_safe

    def visit_Output(self, node: nodes.Output) -> nodes.Node:  # noqa: N802 - Jinja2's name
        if self.is_safe:
            node.nodes = [part for each in node.nodes for part in self.parts_of(each)]
        self.generic_visit(node)
        return node

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        name = node.node.name if isinstance(node.node, nodes.Name) else ""
        if name in self.macros:
            node.straight = "macro"  # type: ignore[attr-defined]
            return node
        is_plain = not (node.kwargs or node.dyn_args or node.dyn_kwargs)
        if name == COUNTED and is_plain and self.is_safe and len(node.args) == 3:
            node.node.name = IN_WORDS  # type: ignore[attr-defined]
            node.straight = "function"  # type: ignore[attr-defined]
            return node
        if name not in TEXTS | STEADY or not is_plain:
            return node
        if not all(isinstance(a, nodes.Const) for a in node.args):
            if name in STEADY:
                node.straight = "function"  # type: ignore[attr-defined]
            return node
        words = [each.as_const() for each in node.args]
        if name in STEADY:
            steady: Any = self.env.globals[name]
            return nodes.Const(steady(*words), lineno=node.lineno)
        # As Jinja2's own gettext answers: a text that is safe to write, in which %% stands for one sign.
        text = nodes.Const(gettext(*words) % {}, lineno=node.lineno)
        return nodes.MarkSafe(text, lineno=node.lineno)

    def parts_of(self, node: nodes.Expr) -> list[nodes.Expr]:
        """Take a text with values in it apart, so that it is written as it stands with the values between."""
        if not (
            isinstance(node, nodes.Call)
            and isinstance(node.node, nodes.Name)
            and node.node.name in TEXTS
            and len(node.args) == 1
            and isinstance(node.args[0], nodes.Const)
            and node.kwargs
            and not (node.dyn_args or node.dyn_kwargs)
        ):
            return [node]
        text, values = gettext(node.args[0].value), {each.key: each.value for each in node.kwargs}
        places = [found[1] for found in PLACE.finditer(text) if found[1]]
        # Whatever is not this simple is left to Jinja2.
        if sorted(places) != sorted(values) or "%" in PLACE.sub("", text):
            return [node]
        parts: list[nodes.Expr] = []
        end = 0
        for found in PLACE.finditer(text):
            parts.append(nodes.TemplateData(text[end : found.start()] + ("%" if found[2] else "")))
            if found[1]:
                parts.append(values[found[1]])
            end = found.end()
        return [*parts, nodes.TemplateData(text[end:])]


def macros_in(template: nodes.Template) -> set[str]:
    """Name the macros of a template, its own and those from others, that nothing else in it is named like."""
    found: set[str] = set()
    for each in template.find_all(nodes.FromImport):
        found.update(name if isinstance(name, str) else name[1] for name in each.names)
    found.update(each.name for each in template.find_all(nodes.Macro))
    return found - {each.name for each in template.find_all(nodes.Name) if each.ctx != "load"}


def count_in_words(one: str, many: str, number: int) -> Markup:
    """Put a number into words, as Jinja2's own ngettext does."""
    return Markup(ngettext(one, many, number)) % {"num": number}  # noqa: S704 - a text of ours, as of any template
