"""What is the same on every page is worked out when a template is compiled, once for each language."""

from typing import Any

import pytest
from django.utils.translation import override
from jinja2 import DictLoader, Environment, StrictUndefined, TemplateAssertionError
from markupsafe import Markup

from porch.web import folding
from porch.web.folding import InEachLanguage
from porch.web.templating import furnish


def env(**templates: str) -> InEachLanguage:
    return InEachLanguage(
        furnish,
        loader=DictLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
    )


def plain(**templates: str) -> Environment:
    made = Environment(
        loader=DictLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
    )
    furnish(made)
    return made


SAMPLES = [
    '{{ _("Monday") }}',
    '{{ gettext("Monday") }}',
    '{{ _("<b>Tom & Jerry</b>") }}',
    '{{ _("100%%") }}',
    '{{ _("%(name)s has joined.", name="<Ada>") }}',
    "{% trans %}Monday{% endtrans %}",
    "{% trans name='<Ada>' %}Hello {{ name }}{% endtrans %}",
    '{{ ngettext("one", "%(num)s many", 3) }}',
    '{% set n = 1 %}{{ ngettext("%(num)s day", "%(num)s days", n) }} {{ ngettext("a", "%(num)s %(x)s", 2, x="<") }}',
    '{{ _("%(name)s has joined.", name=name) }}{{ _("%(a)s & %(b)s 100%%", a="<", b=_("Monday")) }}',
    '{{ _("%(a)s and %(a)s", a="<") }}{{ _("%(n)d of it", n=3) }}',
    '{% macro m(x, y=2) %}{{ x }}{{ y }}{{ caller() if caller }}{% endmacro %}{% call m("<", y=3) %}!{% endcall %}',
    '{% macro m(x) %}{{ x }}{{ varargs }}{{ kwargs }}{% endmacro %}{% for x in [1] %}{{ m(x, "<", z=1) }}{% endfor %}',
    "{% for m in [language] %}{{ m() }}{% endfor %}",
    '{{ url("home") }} {{ url("article", "a<b") }} {{ url(name) }}',
    '<a href="{{ url("home") }}" title="{{ _("Monday") ~ "<" }}">{{ _("Monday")|upper }}</a>',
    '{% set say = _("Monday") %}{{ say }}{{ [_("Monday")]|join(",") }}',
    '{{ static("js/porch.js") }} {{ language() }} {{ direction() }}',
    '{% macro m(x=_("Monday")) %}{{ x }}{% endmacro %}{{ m() }}{{ m(_("Sunday")) }}',
]


@pytest.mark.parametrize("source", SAMPLES)
@pytest.mark.parametrize("language", ["en", "de", "ar"])
def test_a_folded_template_says_what_a_plain_one_says(source: str, language: str) -> None:
    with override(language):
        shown: dict[str, Any] = {"name": "sign-in"}
        assert env(t=source).get_template("t").render(shown) == plain(t=source).get_template("t").render(
            shown
        )


def test_each_language_has_its_own_and_what_it_includes_follows() -> None:
    house = env(t='{{ _("Monday") }} {% include "u" %}', u='{{ _("Sunday") }}')
    said = []
    for language in ("en", "de", "en"):
        with override(language):
            said.append(house.get_template("t").render())
    assert said == ["Monday Sunday", "Montag Sonntag", "Monday Sunday"]


def test_nothing_is_looked_up_when_a_page_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    page = env(t='{{ _("Monday") }} {{ url("home") }}').get_template("t")
    monkeypatch.setattr(folding, "gettext", None)
    page.globals["url"] = page.globals["gettext"] = None
    assert page.render() == "Monday /"


def test_a_name_of_the_house_cannot_be_taken() -> None:
    with pytest.raises(TemplateAssertionError, match="'url' is taken"):
        env(t='{% set url = "x" %}{{ url("home") }}').get_template("t")


def test_a_text_is_safe_and_what_goes_into_it_is_not() -> None:
    page = env(t='{{ _("%(name)s has joined.", name=name) }}').get_template("t")
    assert page.render(name="<Ada>") == Markup("&lt;Ada&gt; has joined.")
