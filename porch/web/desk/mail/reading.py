"""Open a mail's bytes for reading."""

from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default


@dataclass(frozen=True, slots=True)
class Opened:
    """A mail taken apart: its headers in order, its text and its HTML."""

    headers: list[tuple[str, str]]
    text: str
    html: str
    data: bytes


def open_mail(data: bytes) -> Opened:
    """Take a mail apart with the standard library's reader."""
    message = message_from_bytes(data, policy=default)
    headers = [(name, readable(str(value))) for name, value in message.items()]
    return Opened(headers, part_of(message, "plain"), part_of(message, "html"), data)


def readable(value: str) -> str:
    """Read what the standard library leaves undecoded: a header in UTF-8 (RFC 6532)."""
    return value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def part_of(message: EmailMessage, kind: str) -> str:
    """Give the text or the HTML of a mail; empty where it has none."""
    part = message.get_body((kind,))
    return str(part.get_content()) if part else ""
