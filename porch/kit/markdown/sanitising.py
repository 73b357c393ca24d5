"""The second wall: whatever the parser let through, only these elements, attributes and addresses leave."""

import re
from functools import cache

import nh3

from porch.kit.markdown.addresses import FOREIGN_REL, is_link, is_picture
from porch.kit.markdown.highlighting import CLASSES, NAMES
from porch.kit.markdown.limits import UNSHOWABLE

BLOCKS = {
    "blockquote",
    "details",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "summary",
    "ul",
}
WORDS = {"a", "br", "code", "em", "img", "input", "label", "s", "span", "strong"}
TABLES = {"table", "tbody", "td", "th", "thead", "tr"}
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
    "input": {"aria-label", "checked", "disabled"},
    "ol": {"start"},
    "th": {"scope"},
}
_WITHOUT_ADDRESS = re.compile(r'<a(?! href=)(?: [a-z]+="[^"]*")*>(.*?)</a>', re.DOTALL)
SIDES = {"left", "center", "right"}


def sanitise(html: str, kinds: tuple[str, ...]) -> str:
    """Return only what is allowed of ``html``. ``kinds`` are the classes that links may have."""
    html = _cleaner(kinds).clean(html)
    # nh3 takes away addresses that no browser could read (a host that is no name): their words stay, as words.
    return UNSHOWABLE.sub("", _WITHOUT_ADDRESS.sub(r"\1", html))


@cache
def _cleaner(kinds: tuple[str, ...]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=BLOCKS | WORDS | TABLES,
        clean_content_tags={"script", "style"},
        attributes=ATTRIBUTES,
        attribute_filter=_checked,
        tag_attribute_values={"input": {"type": {"checkbox"}}, "a": {"rel": {FOREIGN_REL}}},
        set_tag_attribute_values={"input": {"type": "checkbox"}, "img": {"loading": "lazy"}},
        allowed_classes={
            "a": set(kinds),
            "code": {f"language-{name}" for name in NAMES},
            "details": {"spoiler"},
            "input": {"spoiler"},
            "li": {"task"},
            "pre": {"code"},
            "span": {"spoiler", *kinds, *CLASSES},
            "td": SIDES,
            "th": SIDES,
        },
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )


def _checked(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "href":
        return value if is_link(value) else None
    if attribute == "src":
        return value if is_picture(value) else None
    return value
