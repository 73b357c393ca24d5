"""Addresses of mail: what can be written to, and the one form under which two spellings are the same."""

import re
import unicodedata

import idna
from django.utils.translation import gettext_lazy as _

from porch.kit.refusals import BadInput
from porch.kit.text import JOINERS, NOT_TEXT, UNSEEN

MOST = 254
MOST_LOCAL = 64
MOST_HOST = 253
# The characters of an atom (RFC 5322), and what lies beyond ASCII (RFC 6531). Quoted parts are refused: hardly
# anybody has one, and programs disagree about them.
ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\-\u00a1-\U0010ffff]+"
LOCAL = re.compile(rf"{ATOM}(\.{ATOM})*")


class NotAnAddress(BadInput):
    text = _("That is not an address that mail can be sent to.")
    hint = _("It looks like name@example.org. See whether a letter is missing or too many.")


def clean_address(text: str) -> str:
    """Give an address as mail is sent to it: NFC, the host in ASCII and small letters. Raises ``NotAnAddress``."""
    local, at, host = unicodedata.normalize("NFC", text[: MOST * 4].strip()).rpartition("@")
    if not at or len(text) > MOST * 4 or not _is_local(local):
        raise NotAnAddress
    address = f"{local}@{_clean_host(host)}"
    if len(local.encode()) > MOST_LOCAL or len(address.encode()) > MOST:
        raise NotAnAddress
    return address


def normal_address(text: str) -> str:
    """Give the form in which two spellings of an address are the same: as it is sent to, in small letters."""
    local, _at, host = clean_address(text).rpartition("@")
    return f"{unicodedata.normalize('NFC', local.lower())}@{host}"


def without_tag(text: str) -> str:
    """Give the normal form of an address without what stands after a plus in its name: such mail ends in one box."""
    local, _at, host = normal_address(text).rpartition("@")
    return f"{local.partition('+')[0].rstrip('.') or local}@{host}"


def _is_local(local: str) -> bool:
    if "=?" in local:
        return False  # an encoded word (RFC 2047), which mail programs would read as other letters
    unwritable = NOT_TEXT.search(local) or UNSEEN.search(local) or JOINERS.search(local)
    return bool(LOCAL.fullmatch(local)) and local.isprintable() and not unwritable


def _clean_host(host: str) -> str:
    try:
        clean = idna.encode(host.removesuffix("."), uts46=True, std3_rules=True).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError) as error:
        raise NotAnAddress from error
    labels = clean.split(".")
    if len(labels) < 2 or labels[-1].isdecimal() or len(clean) > MOST_HOST:
        raise NotAnAddress
    return clean
