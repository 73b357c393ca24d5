"""Which addresses a text may lead to: the web, a mailbox, or this site. Anything else stays plain text."""

import re

MOST_ADDRESS = 2_000  # characters; longer ones break in browsers and mails

# A user name before the host is refused: https://bank.example@evil.example leads to the second.
_HOST = r"(?:[\w-]+(?:\.[\w-]+)*\.?|\[[0-9a-f:.]+\])(?::\d{1,5})?"
_LINK = re.compile(
    rf"https?://{_HOST}(?:[/?#][^\s\\]*)?"
    r"|mailto:[^\s@?/\\]+@[^\s@?/\\]+(?:\?\S*)?"
    r"|/(?![/\\])[^\s\\]*|#\S*",
    re.IGNORECASE | re.ASCII,
)
_PICTURE = re.compile(r"/files/[^\s\\]+", re.ASCII)
_DOTS = re.compile(r"/(?:\.|%2e){1,2}(?:[/?#]|$)", re.IGNORECASE)
_FOREIGN_HOST = re.compile(r"https?://([^/?#]+)", re.IGNORECASE)

FOREIGN_REL = "nofollow ugc noopener"


def is_link(address: str) -> bool:
    """Tell whether an encoded address may be linked: http, https, mailto, or a path or fragment of this site."""
    return len(address) <= MOST_ADDRESS and _LINK.fullmatch(address) is not None


def is_picture(address: str) -> bool:
    """Tell whether an address is a file of this site: showing any other picture tells a stranger who reads."""
    return (
        len(address) <= MOST_ADDRESS
        and _PICTURE.fullmatch(address) is not None
        and _DOTS.search(address) is None
    )


def is_foreign(address: str) -> bool:
    """Tell an address that leads elsewhere from one within the site."""
    return not address.startswith(("/", "#"))


def local(address: str, home: str) -> str:
    """Shorten an address of this site to its path, so that the page survives a move to another name."""
    if home and address.startswith(home + "/"):
        path = address[len(home) :]
        return address if path.startswith(("//", "/\\")) else path
    return address


def full(address: str, home: str) -> str:
    """Complete a path of this site to an address that leads there from anywhere."""
    return home + address if address.startswith("/") else address


def host(address: str) -> str:
    """Return the host of an address, or the address where it has none."""
    match = _FOREIGN_HOST.match(address)
    return match[1] if match else address
