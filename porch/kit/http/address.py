"""Read an address, once and strictly.

Filters like this one are walked round where two readers of the same text disagree. So there is one reader, it
takes only spellings that can be read in one way, and what goes on the wire is built from its parts.
"""

import re
import unicodedata
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from urllib.parse import quote

import idna
from django.utils.translation import gettext_lazy as _

from porch.kit.http.failures import AddressNotAllowed, MalformedAddress
from porch.kit.http.special import IPAddress

MOST_CHARACTERS = 2000
DEFAULT_PORTS = {"http": 80, "https": 443}

# Names that the public name system never answers for, or that home and office networks use for themselves.
INNER_NAMES = (
    *(".alt", ".corp", ".home", ".home.arpa", ".internal", ".intranet", ".invalid", ".lan"),
    *(".local", ".localdomain", ".localhost", ".onion", ".private"),
)

_PARTS = re.compile(r"(https?)://([^/?#]*)([^?#]*)(\?[^#]*)?(?:#.*)?", re.IGNORECASE)
_PORT = re.compile(r"[1-9][0-9]{0,4}")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_TOP = re.compile(r"[a-z]{2,63}|xn--[a-z0-9-]+")


@dataclass(frozen=True, slots=True)
class Address:
    """An address in its parts, as they go on the wire.

    ``host`` is a name in its ASCII form, or a number in its canonical one, which is then also ``literal``.
    ``target`` is the path with the query; there is no fragment.
    """

    scheme: str
    host: str
    port: int
    target: str
    literal: IPAddress | None = None

    @property
    def authority(self) -> str:
        host = f"[{self.host}]" if isinstance(self.literal, IPv6Address) else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> tuple[str, str, int]:
        return self.scheme, self.host, self.port

    def __str__(self) -> str:
        return f"{self.scheme}://{self.authority}{self.target}"


def parse_address(text: str) -> Address:
    """Read an http or https address; say no to every spelling that somebody could read differently."""
    require_plain(text)
    parts = _PARTS.fullmatch(text)
    if parts is None:
        raise MalformedAddress(why=_("it does not start with http:// or https://"))
    scheme, authority, path, query = parts.group(1).lower(), parts.group(2), parts.group(3), parts.group(4)
    if "@" in authority:
        raise MalformedAddress(why=_("it has a name or a password in it"))
    host, port = split_port(authority)
    name, literal = read_host(host)
    return Address(scheme, name, port or DEFAULT_PORTS[scheme], target_of(path, query or ""), literal)


def require_plain(text: str) -> None:
    """Say no to whitespace, control characters, backslashes, half characters and endless length."""
    if len(text) > MOST_CHARACTERS:
        raise MalformedAddress(why=_("it is too long"))
    if any(c == "\\" or c.isspace() or unicodedata.category(c) in ("Cc", "Cs") for c in text):
        raise MalformedAddress(why=_("it has a space, a backslash or a control character in it"))


def split_port(authority: str) -> tuple[str, int | None]:
    """Part ``example.org:8443`` and ``[2606:2800::1]:8443``."""
    host, colon, port = authority.rpartition(":")
    if not colon or authority.endswith("]"):
        return authority, None
    if not _PORT.fullmatch(port) or int(port) > 65535:
        raise MalformedAddress(why=_("its port is not a number from 1 to 65535"))
    return host, int(port)


def read_host(host: str) -> tuple[str, IPAddress | None]:
    """Read a name or a literal address, each in its one plain spelling."""
    if host.startswith("[") and host.endswith("]"):
        literal = read_ipv6(host[1:-1].lower())
        return str(literal), literal
    name = to_ascii(host)
    labels = name.split(".")
    # Those who resolve names read 2130706433, 0x7f.1 and 0177.0.0.1 as numbers too. Here a number has four plain
    # parts, and a name ends in letters: what is neither is nothing.
    if labels[-1].isdecimal():
        return host, read_ipv4(host)
    is_name = all(_LABEL.fullmatch(label) for label in labels) and _TOP.fullmatch(labels[-1])
    if len(name) > 253 or not is_name:
        raise MalformedAddress(why=_("its host is not spelled like the name of a server"))
    if len(labels) < 2 or f".{name}".endswith(INNER_NAMES):
        raise AddressNotAllowed
    return name, None


def read_ipv6(text: str) -> IPv6Address:
    """Read an IPv6 address in its one usual spelling."""
    try:
        literal = IPv6Address(text)
    except AddressValueError:
        literal = None
    if literal is None or literal.scope_id is not None or str(literal) != text:
        raise MalformedAddress(why=_("its number is not spelled in the usual way"))
    return literal


def read_ipv4(text: str) -> IPv4Address:
    """Read an IPv4 address in its one usual spelling."""
    try:
        literal = IPv4Address(text)
    except AddressValueError:
        literal = None
    if literal is None or str(literal) != text:
        raise MalformedAddress(why=_("its number is not spelled in the usual way"))
    return literal


def to_ascii(host: str) -> str:
    """Write an international name as the name system has it; leave others as they are, in lower case."""
    if host.isascii():
        return host.lower()
    try:
        # IDNA of 2008 takes no fullwidth digits, ligatures or invisible letters: what looks alike stays apart.
        return idna.encode(unicodedata.normalize("NFC", host.lower())).decode("ascii")
    except idna.IDNAError as error:
        raise MalformedAddress(why=_("its host is not spelled like the name of a server")) from error


def target_of(path: str, query: str) -> str:
    """Write path and query in the characters that may stand in a request, what is quoted already as it is."""
    return quote((path or "/") + query, safe="%/:@!$&'()*+,;=~-._?[]")
