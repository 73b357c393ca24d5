"""The mail server that an installation hands its mail to, and who that mail is from, read from settings."""

from dataclasses import dataclass, field
from email.utils import parseaddr
from ipaddress import ip_address
from typing import Literal
from urllib.parse import unquote, urlsplit

from porch.kit.addresses import NotAnAddress, clean_address
from porch.kit.refusals import Refusal
from porch.kit.text import clean_line

Security = Literal["starttls", "tls", "none", "loopback"]
PORTS = {"smtp": 587, "smtp+insecure": 25, "smtps": 465}
LONGEST_LABEL = 63
WHAT_WOULD_DO = "an address such as smtp://name:secret@mail.example:587, or smtps:// for TLS from the start"


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail goes, and how the way there is kept; on ``loopback`` it leads through no network."""

    host: str
    port: int
    security: Security
    name: str = ""
    secret: str = field(default="", repr=False)

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Sender:
    """Who mail is from: a name to be seen, and an address that answers go to."""

    name: str
    address: str

    def __str__(self) -> str:
        return f"{self.name} <{self.address}>" if self.name else self.address

    @property
    def host(self) -> str:
        return self.address.rpartition("@")[2]


def read_sender(text: str) -> Sender:
    """Read who mail is from. Raises ValueError with what would do."""
    name, address = parseaddr(text)
    try:
        if not text.isprintable():
            raise NotAnAddress
        return Sender(clean_line(name, most=80, name="name") if name else "", clean_address(address))
    except Refusal:
        raise ValueError("an address such as porch@example.org, or Our Porch <porch@example.org>") from None


def read_server(address: str) -> MailServer:
    """Read the address of a mail server. Raises ValueError with what would do; it never says the secret."""
    try:
        parts = urlsplit(address.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        raise ValueError(WHAT_WOULD_DO) from None
    name, secret = unquote(parts.username or ""), unquote(parts.password or "")
    is_plain = parts.path in ("", "/") and not parts.query and not parts.fragment
    if parts.scheme not in PORTS or not host or not is_plain or port == 0 or bool(name) != bool(secret):
        raise ValueError(WHAT_WOULD_DO)
    if not (name + secret + host).isprintable():
        raise ValueError(WHAT_WOULD_DO)
    if not (name + secret).isascii() or max(map(len, host.split("."))) > LONGEST_LABEL:
        raise ValueError(
            f"a name and a secret of plain letters (ASCII), and a host that can be: {WHAT_WOULD_DO}"
        )
    return MailServer(host, port or PORTS[parts.scheme], security_of(parts.scheme, host), name, secret)


def security_of(scheme: str, host: str) -> Security:
    """Say how the way to a server is kept: STARTTLS, unless it was said otherwise or the server is this machine."""
    if scheme == "smtps":
        return "tls"
    if scheme == "smtp+insecure":
        return "none"
    return "loopback" if is_loopback(host) else "starttls"


def is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
