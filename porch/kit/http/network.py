"""From a name to a connected socket, with a look at every address in between."""

import socket
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from queue import Empty, SimpleQueue

from porch.kit.http.address import Address
from porch.kit.http.deadline import Deadline
from porch.kit.http.failures import AddressNotAllowed, NotReachable, TooSlow
from porch.kit.http.policy import Policy
from porch.kit.http.special import IPAddress, is_special

# A name with a hundred addresses must not make us knock a hundred times.
MOST_ADDRESSES = 4
# A lookup cannot be called off, only left behind; more than this many are never on their way.
LOOKUPS = threading.BoundedSemaphore(32)


def system_look_up(name: str, port: int) -> list[str]:
    """Ask the system for all addresses of a name, in the order in which to try them."""
    found = socket.getaddrinfo(name.encode("ascii"), port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(where[0]) for *_, where in found))


def system_connect(address: IPAddress, port: int, seconds: float) -> socket.socket:
    """Open a connection to this very address."""
    family = socket.AF_INET6 if isinstance(address, IPv6Address) else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        sock.settimeout(seconds)
        sock.connect((str(address), port))
    except BaseException:
        sock.close()
        raise
    return sock


@dataclass(frozen=True, slots=True)
class Network:
    """The two ways out of the process. This is the seam for tests: hand ``fetch`` a network of your own.

    ``look_up`` blocks for as long as it likes; it is called in a thread that is left behind at the deadline.
    Both raise OSError where there is nobody.
    """

    look_up: Callable[[str, int], Iterable[str]] = system_look_up
    connect: Callable[[IPAddress, int, float], socket.socket] = system_connect


NETWORK = Network()


def reach(address: Address, policy: Policy, network: Network, deadline: Deadline) -> socket.socket:
    """Look the name up once, check all that it stands for, and connect to one of what was checked."""
    if address.port not in policy.ports:
        raise AddressNotAllowed
    places = [address.literal] if address.literal else resolve(address.host, address.port, network, deadline)
    # One bad address spoils the name: a mixed answer is how an attack looks, and no honest server needs it.
    if not all(is_allowed(place, policy) for place in places):
        raise AddressNotAllowed
    return connect_to_first(places[:MOST_ADDRESSES], address.port, network, deadline)


def is_allowed(place: IPAddress, policy: Policy) -> bool:
    """Say whether we may connect to a place: to any public one, and to those that are allowed by name."""
    return not is_special(place) or any(place in allowed for allowed in policy.allow)


def resolve(name: str, port: int, network: Network, deadline: Deadline) -> list[IPAddress]:
    """Look up all addresses of a name, at least one, before the deadline."""
    answers: SimpleQueue[list[IPAddress] | Exception] = SimpleQueue()
    turns = LOOKUPS
    if not turns.acquire(timeout=deadline.left()):
        raise TooSlow

    def look_up() -> None:
        try:
            answers.put([ip_address(text) for text in network.look_up(name, port)])
        except Exception as error:
            answers.put(error)
        finally:
            turns.release()

    try:
        threading.Thread(target=look_up, name="porch-look-up", daemon=True).start()
    except RuntimeError:
        turns.release()
        raise
    try:
        answer = answers.get(timeout=deadline.left())
    except Empty:
        raise TooSlow from None
    if isinstance(answer, OSError) or answer == []:
        raise NotReachable
    if isinstance(answer, Exception):
        raise answer
    return answer


def connect_to_first(
    places: list[IPAddress], port: int, network: Network, deadline: Deadline
) -> socket.socket:
    """Knock at one place after the other, leaving each of them its share of the time."""
    for untried, place in zip(range(len(places), 0, -1), places, strict=True):
        try:
            sock = network.connect(place, port, deadline.left() / untried)
        except OSError:
            continue
        # What the system connected to is what counts: a rule in a firewall can send us elsewhere.
        if peer_of(sock) == place:
            return sock
        sock.close()
        raise AddressNotAllowed
    deadline.left()
    raise NotReachable


def peer_of(sock: socket.socket) -> IPAddress | None:
    """Give the address at the other end; None where there is none any more."""
    try:
        return ip_address(sock.getpeername()[0])
    except (OSError, ValueError):
        return None
