"""A mail as bytes: headers that nothing can be smuggled into, a text, and its HTML twin."""

import re
from collections.abc import Mapping
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime
from secrets import token_hex
from unicodedata import category

from porch.kit.addresses import clean_address
from porch.people.delivery.letters import Written
from porch.people.delivery.server import Sender

BREAKS = ("Cc", "Zl", "Zp", "Cs")
HEADER = re.compile(rb"(?m)^([^\s:]+):")


def new_message_id(sender: Sender) -> str:
    return f"<{token_hex(16)}@{sender.host}>"


def build(
    written: Written, *, sender: Sender, to: str, message_id: str, at: datetime, headers: Mapping[str, str]
) -> bytes:
    """Make the bytes of a mail. Raises ``NotAnAddress``, and ValueError for a header that is more than its line."""
    to = clean_address(to)
    message = EmailMessage(policy=SMTPUTF8 if not (to + sender.address).isascii() else SMTP)
    message["From"] = address_of(plain(sender.name), sender.address)
    message["To"] = address_of("", to)
    message["Subject"] = plain(written.subject)
    message["Date"] = format_datetime(at)
    message["Message-ID"] = message_id
    for name, value in headers.items():
        message[name] = plain(value)
    # Quoted-printable passes every server; 8 bits would need one that says that it takes them.
    message.set_content(written.text, cte="quoted-printable")
    message.add_alternative(written.html, subtype="html", cte="quoted-printable")
    data = message.as_bytes()
    if HEADER.findall(data.partition(b"\r\n\r\n")[0] + b"\r\n") != [name.encode() for name in message]:
        raise ValueError("the headers of this mail are not the ones that were set")
    return data


def plain(value: str) -> str:
    """Take apart what looks like an encoded word (RFC 2047): the standard library would decode it, line breaks and all.

    Raises ValueError for what is not one line of writing.
    """
    if any(category(char) in BREAKS for char in value):
        raise ValueError("a header is one line of writing")
    return value.replace("=?", "= ?")


def address_of(name: str, address: str) -> Address:
    """Make an address for a header; what is not ASCII in the name is encoded there."""
    local, _at, host = address.rpartition("@")
    return Address(display_name=name, username=local, domain=host)
