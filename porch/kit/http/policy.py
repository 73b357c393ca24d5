"""What one fetch may cost, and where it may go."""

from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Policy:
    """The caps of one fetch.

    ``most_bytes`` of the body, both as it travels and unpacked. ``seconds`` for all of it together: names,
    connections, TLS, every redirect, the last byte. ``redirects`` that are followed; 0 refuses them.
    ``allow`` lets networks through that are otherwise refused; it is for operators and tests, never for users.
    ``types`` are the media types that a successful answer may have (``text/html``); none means any.
    ``ca_file`` is a PEM file with a certificate authority of the operator's own, beside the public ones.
    """

    most_bytes: int = 5_000_000
    seconds: float = 20.0
    redirects: int = 5
    ports: tuple[int, ...] = (80, 443)
    allow: tuple[IPv4Network | IPv6Network, ...] = ()
    types: tuple[str, ...] = ()
    user_agent: str = "Porch"
    ca_file: Path | None = None


POLICY = Policy()
