"""A mail as bytes: headers that nothing can be smuggled into, a text, and its HTML twin."""

from collections.abc import Mapping
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime
from secrets import token_hex

from porch.kit.addresses import clean_address
from porch.people.delivery.letters import Written
from porch.people.delivery.server import Sender


def new_message_id(sender: Sender) -> str:
    return f"<{token_hex(16)}@{sender.host}>"


def build(
    written: Written, *, sender: Sender, to: str, message_id: str, at: datetime, headers: Mapping[str, str]
) -> bytes:
    """Make the bytes of a mail. Raises ``NotAnAddress``; a line break in any header is refused by the policy."""
    to = clean_address(to)
    message = EmailMessage(policy=SMTPUTF8 if not (to + sender.address).isascii() else SMTP)
    message["From"] = address_of(sender.name, sender.address)
    message["To"] = address_of("", to)
    message["Subject"] = written.subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = message_id
    for name, value in headers.items():
        message[name] = value
    # Quoted-printable passes every server; 8 bits would need one that says that it takes them.
    message.set_content(written.text, cte="quoted-printable")
    message.add_alternative(written.html, subtype="html", cte="quoted-printable")
    return message.as_bytes()


def address_of(name: str, address: str) -> Address:
    """Make an address for a header; what is not ASCII in the name is encoded there."""
    local, _at, host = address.rpartition("@")
    return Address(display_name=name, username=local, domain=host)
