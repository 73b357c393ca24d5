"""One request and its answer, on a connection of its own."""

import socket
import ssl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import certifi
import httpcore
from django.utils.translation import gettext_lazy as _

from porch.kit.http.address import Address
from porch.kit.http.deadline import Deadline
from porch.kit.http.failures import BadAnswer, CertificateNotTrusted, NotReachable, TooLarge, TooSlow
from porch.kit.http.headers import Headers, Pairs
from porch.kit.http.network import Network, reach
from porch.kit.http.policy import Policy

MOST_HEADER_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    address: Address
    headers: Pairs
    body: bytes | None


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer whose body is still on its way."""

    status: int
    headers: Headers
    chunks: Iterable[bytes]


@contextmanager
def asking(request: Request, policy: Policy, network: Network, deadline: Deadline) -> Iterator[Answer]:
    """Send a request and give its answer, as long as the block lasts."""
    address = request.address
    sock = reach(address, policy, network, deadline)
    try:
        if address.scheme == "https":
            sock = secure(sock, address.host, policy, deadline)
        wire = Wire(sock, deadline, MOST_HEADER_BYTES)
        url = httpcore.URL(
            scheme=address.scheme, host=address.host, port=address.port, target=address.target.encode()
        )
        # The connection is made and checked; httpcore only speaks HTTP on it.
        connection = httpcore.HTTP11Connection(origin=url.origin, stream=wire)
        headers = [(name.encode(), value.encode()) for name, value in all_headers(request, policy)]
        call = httpcore.Request(request.method, url, headers=headers, content=request.body or b"")
        with understanding():
            response = connection.handle_request(call)
            if response.status < 200:
                raise BadAnswer(why=_("it changes to another protocol"))
            # Framing takes its part of the wire: twice the body, unless it is mostly framing.
            wire.budget = 2 * policy.most_bytes + MOST_HEADER_BYTES
            yield Answer(response.status, Headers(response.headers), response.iter_stream())
    finally:
        sock.close()


def all_headers(request: Request, policy: Policy) -> Pairs:
    """Put the client's own headers before the caller's."""
    ours = [("Host", request.address.authority), ("User-Agent", policy.user_agent), ("Connection", "close")]
    ours.append(("Accept-Encoding", "gzip, deflate"))
    if not any(name.lower() == "accept" for name, _value in request.headers):
        ours.append(("Accept", ", ".join(policy.types) or "*/*"))
    if request.body is not None or request.method not in ("GET", "HEAD", "OPTIONS"):
        ours.append(("Content-Length", str(len(request.body or b""))))
    return (*ours, *request.headers)


def secure(sock: socket.socket, host: str, policy: Policy, deadline: Deadline) -> ssl.SSLSocket:
    """Speak TLS on a connection, with proof that the other side is ``host``."""
    context = trust(policy.ca_file)
    sock.settimeout(deadline.left())
    try:
        return context.wrap_socket(sock, server_hostname=host)
    except TimeoutError:
        raise TooSlow from None
    except ssl.SSLCertVerificationError as error:
        raise CertificateNotTrusted from error
    except OSError as error:
        raise NotReachable from error


@lru_cache(maxsize=8)
def trust(ca_file: Path | None) -> ssl.SSLContext:
    """Trust the public authorities, and one of the operator's own; the environment has no say."""
    context = ssl.create_default_context(cafile=certifi.where())
    if ca_file is not None:
        context.load_verify_locations(cafile=ca_file)
    context.set_alpn_protocols(["http/1.1"])
    return context


@contextmanager
def understanding() -> Iterator[None]:
    """Turn what a broken answer raises into a refusal."""
    try:
        yield
    except httpcore.RemoteProtocolError as error:
        raise BadAnswer(why=_("it is not proper HTTP")) from error


class Wire(httpcore.NetworkStream):
    """A connected socket with one deadline for all that it does, and a budget of bytes to read."""

    def __init__(self, sock: socket.socket, deadline: Deadline, budget: int) -> None:
        self.sock = sock
        self.deadline = deadline
        self.budget = budget

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        if self.budget <= 0:
            raise TooLarge
        self.sock.settimeout(self.deadline.left())
        try:
            read = self.sock.recv(min(max_bytes, self.budget))
        except TimeoutError:
            raise TooSlow from None
        except OSError as error:
            raise NotReachable from error
        self.budget -= len(read)
        return read

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        unsent = memoryview(buffer)
        while unsent:
            self.sock.settimeout(self.deadline.left())
            try:
                unsent = unsent[self.sock.send(unsent) :]
            except TimeoutError:
                raise TooSlow from None
            except OSError as error:
                # httpcore goes on to read: a server may refuse a long body before it has all of it.
                raise httpcore.WriteError from error

    def close(self) -> None:
        self.sock.close()
