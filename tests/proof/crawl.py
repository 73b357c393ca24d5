"""A crawl: every address of the site, filled from a world, and every address that its answers lead to."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from itertools import product
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

from django.http import HttpResponse
from django.test import Client

from porch.community.circles.models import Circle
from porch.community.membership.models import Member
from porch.community.roles.models import Role
from porch.conversation.posts.models import Post
from porch.conversation.rituals.models import Ritual
from porch.conversation.spaces.models import Space
from porch.conversation.tags.models import Tag
from porch.conversation.topics.models import Topic
from porch.engine.files.models import HeldFile, Holding
from porch.moderation.sanctions.models import Strike
from porch.people.identity.models import Person
from tests.laws.addresses import addresses

HERE = "http://localhost:8000"
MOST = 20_000
LINK = re.compile(r"""(?:href|src|action|srcset)=["']?([^"'\s>]+)|content=["'](https?:[^"']+)""")
VARIABLE = re.compile(r"<(str|int):(\w+)>")
# What differs from one answer to the next, whoever asks for whatever.
CHANGING = re.compile(
    r'nonce[-=]["\']?[\w+/=-]+|name="csrfmiddlewaretoken" value="\w+"|"(?:id|request)": ?"[^"]*"'
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the head as lines, and the body as text."""

    status: int
    head: str
    body: str

    @property
    def location(self) -> str:
        found = re.search(r"(?m)^location: (.*)$", self.head, re.IGNORECASE)
        return found[1] if found else ""


@dataclass
class Crawl:
    """Asks for addresses by ``get``, and follows what answers lead to on this site."""

    get: Callable[[str], Answer]
    here: str = HERE
    seen: dict[str, Answer] = field(default_factory=dict)

    def walk(self, paths: Iterable[str]) -> "Crawl":
        waiting = list(paths)
        while waiting:
            path = waiting.pop()
            if path in self.seen or not is_read(path):
                continue
            assert len(self.seen) < MOST, "it has no end"
            answer = self.seen[path] = self.get(path)
            waiting += links(path, answer, self.here)
        return self

    def marked(self, mark: str) -> list[str]:
        """Give the addresses whose answers hold a mark that was not in what was asked for."""
        return [
            f"{path}: {found}" for path, answer in self.seen.items() if (found := leak(mark, path, answer))
        ]


def is_read(path: str) -> bool:
    """Say whether an address is one to crawl: a line that stays open has tests of its own."""
    return not path.startswith("/live/") and not re.match(r"/inside/(topics|spaces)/[^/]+/live/", path)


def leak(mark: str, path: str, answer: Answer) -> str:
    """Give the words around a mark in an answer; whoever asks by a name is told the name again."""
    text = f"{answer.head}\n{answer.body}"
    asked = urlsplit(path)
    for said in (path, f"?{asked.query}", asked.path, *(value for _name, value in parse_qsl(asked.query))):
        for each in {said, unquote(said)} - {"", "?", "/"}:
            text = text.replace(each, "")
    text = unquote(unescape(text)).replace(unquote(path), "")
    at = text.lower().find(mark)
    return "" if at < 0 else " ".join(text[max(0, at - 60) : at + 60].split())


def links(path: str, answer: Answer, here: str = HERE) -> Iterator[str]:
    """Give the addresses on this site that an answer leads to."""
    found = [
        *map("".join, LINK.findall(answer.body)),
        answer.location,
        *re.findall(r"<([^>]+)>; ?rel", answer.head),
    ]
    if answer.body.startswith(("{", "[")):
        found += list(texts_of(json.loads(answer.body), here))
    for each in found:
        to = urlsplit(urljoin(here + path, unescape(each)))
        if each and f"{to.scheme}://{to.netloc}" == here:
            # Whither one is led after signing in is what was asked for.
            query = "" if to.query.startswith("next=") else to.query
            yield (to.path or "/") + (f"?{query}" if query else "")


def texts_of(said: object, here: str = HERE) -> Iterator[str]:
    """Give the strings in a document that look like addresses."""
    if isinstance(said, dict):
        said = list(said.values())
    if isinstance(said, list):
        for each in said:
            yield from texts_of(each, here)
    elif isinstance(said, str) and said.startswith(("/", here)) and "{" not in said:
        yield said


def asking(client: Client, **headers: str) -> Callable[[str], Answer]:
    """Ask with a browser of tests."""

    def get(path: str) -> Answer:
        return answered(client.get(path, headers=headers))

    return get


def answered(got: HttpResponse) -> Answer:
    body = b"" if got.streaming else got.content
    head = "\n".join(f"{name}: {value}" for name, value in got.headers.items())
    return Answer(got.status_code, f"{head}\n{got.cookies.output()}", body.decode("utf-8", "replace"))


def values() -> dict[str, list[str]]:
    """Give what fills the variables of addresses: everything that is there, of what members see."""

    def column(table: type, name: str = "pk", **only: object) -> list[str]:
        return [str(each) for each in table.objects.filter(**only).values_list(name, flat=True)]  # type: ignore[attr-defined]

    return {
        "str:space": column(Space, "slug"),
        "int:topic": column(Topic),
        "int:post": column(Post),
        "int:member": column(Member),
        "int:person": column(Person),
        "str:circle": column(Circle, "slug"),
        "str:slug": column(Circle, "slug"),
        "int:circle": column(Circle),
        "int:role": column(Role),
        "str:tag": [each for tag in Tag.objects.all() for each in (str(tag.pk), tag.name, tag.folded)],
        "int:ritual": column(Ritual),
        "int:strike": column(Strike),
        "int:number": ["1", "2"],
    }


def filled(most: int | None = None) -> Iterator[tuple[str, str]]:
    """Give each address filled with what is there, and the same address with what nobody has ever made.

    With ``most`` only so many things of each kind are taken.
    """
    there = {name: found[:most] for name, found in values().items()}
    for each in addresses():
        variables = [":".join(found) for found in VARIABLE.findall(each.path)]
        if each.name == "file":
            yield from (
                (f"/files/{holding}/{name}", f"/files/{holding[::-1]}/{name}") for holding, name in files()
            )
            continue
        nothing = ["nothing-here" if name[0] == "s" else "987654321" for name in variables]
        known = [there.get(name, ["nothing-here"] if name[0] == "s" else ["1", "2"]) for name in variables]
        for chosen in product(*known):
            yield put_in(each.path, chosen), put_in(each.path, nothing)


def files() -> list[tuple[str, str]]:
    """Give the number and the name of each file, and of each size of it."""
    whole = list(Holding.objects.values_list("pk", "name"))
    sizes = list(HeldFile.objects.values_list("holding", "size"))
    return [(str(holding), name) for holding, name in whole + sizes]


def put_in(path: str, chosen: Iterable[str]) -> str:
    for value in chosen:
        path = VARIABLE.sub(lambda _found, value=value: value, path, count=1)
    return path


def plain(path: str, answer: Answer) -> tuple[int, str]:
    """Give an answer without what differs each time, and without the address that was asked for."""
    text = unquote(unescape(f"{answer.location}\n{answer.body}"))
    return answer.status, CHANGING.sub("", text.replace(unquote(path), "…"))
