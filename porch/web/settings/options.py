"""What can be set from outside: every ``PORCH_`` name, its type, its default and what it is for."""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from difflib import get_close_matches
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from porch.people.delivery.server import MailServer, Sender, read_sender, read_server

PREFIX = "PORCH_"
ADDRESS = re.compile(
    r"(?P<scheme>https?)://(?P<host>[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(:(?P<port>[0-9]{1,5}))?/?"
)
MOST_NAME = 40
MANUAL = """\
# Settings

Porch is set by its environment, and everything has a default. `porch settings` shows what holds here,
`porch check` whether it fits together. A name that Porch does not know, or a value that does not fit, stops it
with one sentence and exit code 78. This page is written by `porch settings --markdown`.

| setting | what it is for | without it |
|---|---|---|"""
Network = IPv4Network | IPv6Network
LOOPBACK = ("localhost", "127.0.0.1", "::1")


class SettingsError(Exception):
    """A setting that cannot be used. Its text names the setting, what is wrong and what would do."""


def option(help_text: str, *, read: Callable[[str], Any], default: Any = MISSING, shown: str) -> Any:
    return field(default=default, metadata={"help": help_text, "read": read, "shown": shown})


# Their values hold passwords, so nobody is shown them.
SECRET = ("database", "mail_server", "oidc_secret")


def whole(low: int, high: int) -> Callable[[str], int]:
    """Make a reader of whole numbers from ``low`` to ``high``."""

    def read(text: str) -> int:
        if not text.strip().isdecimal() or not low <= int(text) <= high:
            raise ValueError(f"a whole number from {low} to {high}")
        return int(text)

    return read


def one_of(*names: str) -> Callable[[str], str]:
    """Make a reader of one of these words."""

    def read(text: str) -> str:
        if text not in names:
            raise ValueError(f"one of {', '.join(names)}")
        return text

    return read


def web_address(text: str) -> str:
    """Read the address of the site: scheme, host and port, and nothing behind them."""
    parts = ADDRESS.fullmatch(text.strip().lower())
    if not parts or not 0 < int(parts["port"] or 80) < 65536:
        raise ValueError("an address such as https://porch.example, without a path")
    # Browsers leave the usual port away, and so must the name that every request is held against.
    is_usual = parts["port"] == {"http": "80", "https": "443"}[parts["scheme"]]
    port = f":{parts['port']}" if parts["port"] and not is_usual else ""
    return f"{parts['scheme']}://{parts['host']}{port}"


def issuer_address(text: str) -> str:
    """Read the address of an OpenID provider, as it names itself."""
    parts = urlsplit(text.strip())
    is_plain = not (parts.query or parts.fragment or parts.username)
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    if not parts.hostname or not is_plain or not is_safe:
        raise ValueError("the issuer's https:// address, such as https://id.example/realms/home")
    return text.strip().rstrip("/")


def bind_address(text: str) -> tuple[str, int]:
    """Read a host and a port; an IPv6 host stands in brackets."""
    host, colon, port = text.strip().rpartition(":")
    if not colon or not port.isdecimal() or not 0 <= int(port) < 65536:
        raise ValueError("a host and a port such as 127.0.0.1:8000 or [::1]:8000")
    return host.strip("[]"), int(port)


def networks(text: str) -> tuple[Network, ...]:
    try:
        return tuple(ip_network(part.strip()) for part in text.split(",") if part.strip())
    except ValueError as error:
        raise ValueError(
            "addresses or networks with commas between, such as 127.0.0.1, 10.0.0.0/8"
        ) from error


def database(text: str) -> str:
    """Read the address of a PostgreSQL database."""
    if not text.startswith(("postgres://", "postgresql://")):
        raise ValueError("an address such as postgres://porch:secret@localhost/porch, or nothing for SQLite")
    return text


def site_name(text: str) -> str:
    """Read the name of the site: one short line."""
    line = " ".join(text.split())
    if not 0 < len(line) <= MOST_NAME or not line.isprintable():
        raise ValueError(f"one line of at most {MOST_NAME} characters")
    return line


def time_zone(text: str) -> str:
    """Read the name of a time zone."""
    try:
        return ZoneInfo(text.strip()).key
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError("a time zone such as Europe/Lisbon or UTC") from error


def folder_or_off(text: str) -> Path | Literal["off"]:
    """Read a folder, or the word that there shall be none."""
    return "off" if text.strip() == "off" else folder(text)


def folder(text: str) -> Path:
    return Path(os.path.expanduser(text)).absolute()


@dataclass(frozen=True, slots=True)
class Options:
    """The settings, read once from the environment. The names there are these in capitals behind PORCH_."""

    data: Path = option(
        "The folder that holds everything Porch keeps.", read=folder, default=None, shown="./data"
    )
    name: str = option(
        "What the site is called, at the top of its pages and in its mails.",
        read=site_name, default="Porch", shown="Porch",
    )  # fmt: skip
    url: str = option(
        "The address people type. It decides links and cookies.",
        read=web_address, default="http://localhost:8000", shown="http://localhost:8000",
    )  # fmt: skip
    time_zone: str = option(
        "The community's time zone: where its days begin and end, such as Europe/Lisbon.",
        read=time_zone, default="UTC", shown="UTC",
    )  # fmt: skip
    bind: tuple[str, int] | None = option(
        "Where the server listens. Put a proxy in front before you open it to others.",
        read=bind_address, default=None, shown="loopback, at the port of PORCH_URL or 8000",
    )  # fmt: skip
    database: str = option(
        "A PostgreSQL address (needs `porch[postgres]`). Without one, Porch keeps an SQLite file in PORCH_DATA.",
        read=database, default="", shown="SQLite",
    )  # fmt: skip
    mail_server: MailServer | None = option(
        "The server that takes the mail: `smtp://name:secret@host:587` (STARTTLS, required), `smtps://`, or "
        "`smtp+insecure://`.",
        read=read_server, default=None, shown="none: mail is kept and can be read at the desk",
    )  # fmt: skip
    mail_from: Sender | None = option(
        "Who mail is from, such as `Our Porch <porch@example.org>`.",
        read=read_sender, default=None, shown="porch@ and the host of PORCH_URL",
    )  # fmt: skip
    trusted_proxies: tuple[Network, ...] = option(
        "Addresses of proxies whose X-Forwarded-For and X-Forwarded-Proto are believed.",
        read=networks, default=(), shown="none",
    )  # fmt: skip
    oidc_issuer: str = option(
        "An OpenID provider at whose word people may sign in too, if Porch knows their address. It must match the "
        "provider's `issuer`.",
        read=issuer_address, default="", shown="none",
    )  # fmt: skip
    oidc_client: str = option(
        "The client id that the provider gave to Porch.", read=str.strip, default="", shown="none"
    )
    oidc_secret: str = option(
        "The client secret that belongs to it.", read=str.strip, default="", shown="none"
    )
    oidc_label: str = option(
        "What stands on the button that leads to the provider.",
        read=str.strip, default="Organisation", shown="Organisation",
    )  # fmt: skip
    threads: int = option("How many pages are made at once.", read=whole(1, 64), default=4, shown="4")
    removal_evidence_days: int = option(
        "How many days a removal is kept as evidence after it is over or lifted.",
        read=whole(1, 7300), default=730, shown="730",
    )  # fmt: skip
    invites_a_day: int = option(
        "How many addresses one member may have invited by letter within a day.",
        read=whole(1, 1_000_000), default=2_000, shown="2000",
    )  # fmt: skip
    link_previews: Literal["on", "off"] = option(
        "Whether the pages that members link to are asked for a title and a sentence to show under the post.",
        read=one_of("on", "off"), default="on", shown="on",
    )  # fmt: skip
    upload_mb: int = option("The largest upload, in MB.", read=whole(1, 4096), default=64, shown="64")
    backups: Path | Literal["", "off"] = option(
        "The folder for nightly backups, best on another disk; off makes none.",
        read=folder_or_off, default="", shown="backups in PORCH_DATA",
    )  # fmt: skip
    log: Literal["auto", "text", "json"] = option(
        "How the log is written: text for people, json for machines; auto looks whether a terminal reads it.",
        read=one_of("auto", "text", "json"), default="auto", shown="auto",
    )  # fmt: skip

    @property
    def backup_folder(self) -> Path | None:
        """Where nightly backups go; None where none are wanted."""
        return None if self.backups == "off" else Path(self.backups or self.data / "backups")

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or "localhost"

    @property
    def is_secure(self) -> bool:
        return self.url.startswith("https://")

    @property
    def mail_sender(self) -> Sender:
        return self.mail_from or Sender(self.name, f"porch@{self.host}")

    @property
    def listens_at(self) -> tuple[str, int]:
        if self.bind is not None:
            return self.bind
        return "localhost", (not self.is_secure and urlsplit(self.url).port) or 8000


def read_options(environ: Mapping[str, str] = os.environ) -> Options:
    """Read every ``PORCH_`` name, or raise SettingsError for the first that is unknown or does not fit."""
    known = {PREFIX + each.name.upper(): each for each in fields(Options)}
    values: dict[str, Any] = {"data": folder("data")}
    for name in sorted(environ):
        if not name.startswith(PREFIX) or not environ[name].strip():
            continue
        if name not in known:
            close = get_close_matches(name, known, 1)
            guess = f"Did you mean {close[0]}?" if close else "`porch settings --markdown` lists them."
            raise SettingsError(f"{name} is not a setting of Porch. {guess}")
        try:
            values[known[name].name] = known[name].metadata["read"](environ[name])
        except ValueError as error:
            value = "set to something else" if known[name].name in SECRET else repr(environ[name])
            raise SettingsError(f"{name} is {value}; it has to be {error}.") from error
    return Options(**values)


def manual() -> str:
    """Write the settings as a page of Markdown: ``docs/settings.md`` is this text."""
    rows = [
        f"| `{PREFIX}{f.name.upper()}` | {f.metadata['help']} | {f.metadata['shown']} |"
        for f in fields(Options)
    ]
    return "\n".join([MANUAL, *rows])
