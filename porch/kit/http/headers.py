"""Headers: those of an answer, and what a caller may send."""

import re
from collections.abc import Iterable, Iterator, Mapping

from porch.kit.http.failures import HeaderNotAllowed

# These belong to the client: they say where a request goes, where it ends, and what may come back.
FRAMING = frozenset(["content-length", "expect", "te", "trailer", "transfer-encoding"])
HOPS = frozenset(["connection", "keep-alive", "proxy-authorization", "proxy-connection", "upgrade"])
OURS = FRAMING | HOPS | {"accept-encoding", "host", "user-agent"}
# Of what a caller sends, all that another origin than the asked one learns of.
HARMLESS = frozenset(
    ["accept", "accept-language", "cache-control", "content-type", "if-modified-since", "if-none-match"]
)
OF_A_BODY = frozenset(
    ["content-digest", "content-encoding", "content-language", "content-location", "content-type", "digest"]
)

_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE = re.compile(r"[\x21-\x7e](?:[\x20-\x7e\t]*[\x21-\x7e])?|")

Pairs = tuple[tuple[str, str], ...]


class Headers(Mapping[str, str]):
    """The headers of an answer, by name in any case; repeated ones stand joined, ``all`` has them apart."""

    def __init__(self, pairs: Iterable[tuple[bytes, bytes]]) -> None:
        self._pairs = [(name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in pairs]

    def all(self, name: str) -> list[str]:
        return [value for known, value in self._pairs if known == name.lower()]

    def __getitem__(self, name: str) -> str:
        if not (values := self.all(name)):
            raise KeyError(name)
        return ", ".join(values)

    def __iter__(self) -> Iterator[str]:
        return iter(dict(self._pairs))

    def __len__(self) -> int:
        return len(dict(self._pairs))


def checked(headers: Mapping[str, str] | None) -> Pairs:
    """Take the headers of a caller, unless one is the client's own or could be read as two."""
    for name, value in (headers or {}).items():
        is_ours = name.lower() in OURS
        if is_ours or not _NAME.fullmatch(name) or not _VALUE.fullmatch(value):
            raise HeaderNotAllowed(name=ascii(name[:60]))
    return tuple((headers or {}).items())


def without(headers: Pairs, names: frozenset[str]) -> Pairs:
    """Leave out the headers of these names, given in lower case."""
    return tuple((name, value) for name, value in headers if name.lower() not in names)


def harmless(headers: Pairs) -> Pairs:
    """Keep what may follow a redirect to another origin: no key, no cookie, no signature goes along."""
    return tuple((name, value) for name, value in headers if name.lower() in HARMLESS)
