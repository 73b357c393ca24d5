"""What HTML from a text may be, written without a look at the code that makes it."""

import re
from html.parser import HTMLParser

ALLOWED: dict[str, set[str]] = {
    "a": {"href", "title", "rel", "class"},
    "blockquote": set(),
    "br": set(),
    "code": {"class"},
    "details": {"class"},
    "em": set(),
    **{f"h{n}": set() for n in range(2, 7)},
    "hr": set(),
    "img": {"src", "alt", "title", "loading"},
    "input": {"type", "disabled", "checked", "class", "aria-label"},
    "label": set(),
    "li": {"class"},
    "ol": {"start"},
    "p": set(),
    "pre": {"class"},
    "s": set(),
    "span": {"class"},
    "strong": set(),
    "summary": set(),
    "table": set(),
    "tbody": set(),
    "td": {"class"},
    "th": {"class", "scope"},
    "thead": set(),
    "tr": set(),
    "ul": set(),
}
VOID = {"br", "hr", "img", "input"}
WORDS = {"a", "br", "code", "em", "img", "input", "label", "s", "span", "strong"}
BLOCKS = {"p", "ul", "ol", "blockquote", "details", "pre", "table", "hr", *(f"h{n}" for n in range(2, 7))}
# The content model of HTML, as far as our elements go: which elements may stand in which.
CHILDREN = {
    "": BLOCKS,
    "blockquote": BLOCKS,
    "details": BLOCKS | {"summary"},
    "li": BLOCKS | WORDS,
    "ul": {"li"},
    "ol": {"li"},
    "table": {"thead", "tbody"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "tr": {"th", "td"},
    "pre": {"code"},
    "code": {"span"},
    # Those of colours hold no other; those of spoilers do.
    "span": WORDS,
}
NO_LOOSE_TEXT = {"", "ul", "ol", "table", "thead", "tbody", "tr", "blockquote", "details", "pre"}
CLASSES = re.compile(r"language-[a-z]+|code|task|spoiler|left|right|center|[a-z]{1,3}[0-9]?|mention|topic")
BAD_CHARACTER = re.compile(
    "[\u202d\u202e\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


class Allowed(HTMLParser):
    """Reads HTML and stops at the first element, attribute or address that should not be there."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.seen: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ALLOWED, f"<{tag}>"
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> has an attribute twice"
        assert set(names) <= ALLOWED[tag], f"<{tag} {names}>"
        assert not any(name.startswith("on") or name in {"style", "id", "name", "target"} for name in names)
        values = {name: value or "" for name, value in attrs}
        for name in {"href", "src"} & set(names):
            check_address(values[name])
        assert values.get("src", "/files/").startswith("/files/"), values["src"]
        assert CLASSES.fullmatch(values.get("class", "code")), values["class"]
        self.seen.append((tag, values))

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data[:40]!r}")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(f"a declaration: {decl[:40]!r}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"an instruction: {data[:40]!r}")

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(f"a section: {data[:40]!r}")


class Valid(Allowed):
    """Also stops where elements stand in each other as HTML does not let them."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attrs)
        parent = self.open[-1] if self.open else ""
        assert tag in CHILDREN.get(parent, WORDS), f"<{tag}> in <{parent}>"
        check_values(tag, self.seen[-1][1], self.open)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, f"</{tag}> closes another"

    def handle_data(self, data: str) -> None:
        if data.strip():
            assert (self.open[-1] if self.open else "") not in NO_LOOSE_TEXT, f"loose text {data[:40]!r}"
        super().handle_data(data)


def check_values(tag: str, values: dict[str, str], around: list[str]) -> None:
    if tag == "a":
        assert "a" not in around, "a link in a link"
        is_foreign = values["href"].lower().startswith("http")
        assert values.get("rel") == ("nofollow ugc noopener" if is_foreign else None)
    if tag == "img":
        assert not re.search(r"/(\.|%2e){1,2}(/|$)", values["src"], re.IGNORECASE), values["src"]
        assert "alt" in values
        assert values["loading"] == "lazy"
    if tag == "input":
        assert values["type"] == "checkbox"
        if values.get("class") == "spoiler":
            assert around[-1] == "span", "a spoiler's box outside of it"
            assert values["aria-label"], "a checkbox that nothing names"
            assert not {"a", "label"} & set(around), "a field in a link or in another field's label"
            return
        assert "disabled" in values
        assert around[-1] == "label", "a checkbox that nothing names"
    if tag == "ol" and "start" in values:
        assert values["start"].isdigit()


def check_address(address: str) -> None:
    """Look at an address as a browser does: without controls, with slashes for backslashes."""
    seen = re.sub(r"[\x00-\x20\x7f-\xa0]", "", address).replace("\\", "/")
    assert seen == address, f"a browser reads {address!r} otherwise"
    scheme = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", seen)
    if scheme is None:
        assert seen.startswith(("/", "#")), address
        assert not seen.startswith("//"), address
    elif scheme[1].lower() == "mailto":
        assert re.match(r"mailto:[^@?]+@[^@?]+", seen, re.IGNORECASE), address
    else:
        assert scheme[1].lower() in {"http", "https"}, address
        authority = re.match(r"https?://([^/?#]+)", seen, re.IGNORECASE)
        assert authority, address
        assert "@" not in authority[1], address


def check_allowed(html: str) -> Allowed:
    """Check elements, attributes and addresses, and return what was seen."""
    checker = Allowed()
    checker.feed(html)
    checker.close()
    return checker


def check_html(html: str) -> Valid:
    """Check a whole fragment, as a strict validator would, and return what was seen in it."""
    assert not BAD_CHARACTER.search(html), "a character that HTML or XML cannot hold"
    checker = Valid()
    checker.feed(html)
    checker.close()
    assert not checker.open, f"left open: {checker.open}"
    return checker
