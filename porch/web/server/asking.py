"""Who asks, and whether a request can be one, as its head says it: before anyone works on it."""

import ipaddress
import re
from functools import lru_cache
from urllib.parse import unquote_to_bytes

from porch.web.server.asgi import Scope
from porch.web.settings.options import Options

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
CHARSET = re.compile(rb"charset\s*=\s*[\"']?([^\"';\s]*)", re.IGNORECASE)
UTF_8 = (b"utf-8", b"utf8")


def look_over(scope: Scope, headers: dict[bytes, bytes]) -> str | None:
    """Name what is wrong with a request before anyone works on it, or None."""
    if scope["method"] not in METHODS:
        return "no-such-method"
    if sum(name == b"host" for name, _ in scope["headers"]) != 1 and scope["http_version"] != "1.0":
        return "malformed"
    if not headers.get(b"content-length", b"0").isdigit():
        return "malformed"
    if (charset := CHARSET.search(headers.get(b"content-type", b""))) and charset[1].lower() not in UTF_8:
        return "malformed"  # Django would read the form, and the address, by whatever codec is named there
    path = unquote_to_bytes(scope["raw_path"])
    if any(byte < 32 or byte == 127 for byte in path) or b"%00" in scope["query_string"]:
        return "malformed"
    return None


def who_asks(scope: Scope, headers: dict[bytes, bytes], options: Options) -> tuple[str, str]:
    """Give the client's address and the scheme; a proxy is believed only where it is trusted by name."""
    client: str = (scope["client"] or ("127.0.0.1", 0))[0]
    scheme: str = scope["scheme"]
    if not options.trusted_proxies or not is_trusted(client, options):
        return client, scheme
    if headers.get(b"x-forwarded-proto", b"") in (b"http", b"https"):
        scheme = headers[b"x-forwarded-proto"].decode()
    for part in reversed(headers.get(b"x-forwarded-for", b"").decode("latin-1").split(",")):
        hop = part.strip()
        if not is_address(hop):
            break
        client = hop
        if not is_trusted(hop, options):
            break
    return client, scheme


@lru_cache(maxsize=1_000)
def is_trusted(address: str, options: Options) -> bool:
    return is_address(address) and any(
        ipaddress.ip_address(address) in net for net in options.trusted_proxies
    )


def is_address(text: str) -> bool:
    """Tell an IP address from any other text."""
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def last_seen(scope: Scope, headers: dict[bytes, bytes]) -> int | None:
    """Read the last fact a subscriber knows: from its last stream, or else from the page it opened."""
    text = headers.get(b"last-event-id") or scope["query_string"].rpartition(b"after=")[2]
    return int(text) if text.isdigit() and len(text) < 19 else None
