"""Fetch what stands at an address, and follow where it leads."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urljoin

from django.utils.translation import gettext_lazy as _

from porch.kit.http.address import Address, parse_address, require_plain
from porch.kit.http.connection import Answer, Request, asking
from porch.kit.http.deadline import Deadline
from porch.kit.http.decoding import read_body
from porch.kit.http.failures import AddressNotAllowed, BadAnswer, MalformedAddress, TooLarge, TooManyRedirects
from porch.kit.http.headers import OF_A_BODY, Headers, checked, harmless, without
from porch.kit.http.network import NETWORK, Network
from porch.kit.http.policy import POLICY, Policy

METHODS = frozenset(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
REDIRECTS = frozenset([301, 302, 303, 307, 308])


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: any final status, also 404 or 500. ``url`` is where it came from in the end."""

    url: str
    status: int
    headers: Headers
    body: bytes


def fetch(
    url: str,
    *,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
    policy: Policy = POLICY,
    network: Network = NETWORK,
) -> Fetched:
    """Fetch from an address that anyone may have supplied; blocks, so call it from a job.

    Raises a ``NotFetched`` that is safe to show.
    """
    if method not in METHODS:
        raise ValueError(f"fetch does not speak {method!r}")
    deadline = Deadline(policy.seconds)
    request = Request(method, parse_address(url), checked(headers), body)
    for _hop in range(policy.redirects + 1):
        with asking(request, policy, network, deadline) as answer:
            onward = next_request(request, answer)
            if onward is None:
                return take(request, answer, policy, deadline)
        request = onward
    raise TooManyRedirects


def take(request: Request, answer: Answer, policy: Policy, deadline: Deadline) -> Fetched:
    """Read an answer to its end, unless its headers already say that it will not do."""
    headers = answer.headers
    if request.method == "HEAD":
        return Fetched(str(request.address), answer.status, headers, b"")
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    if policy.types and answer.status in range(200, 300) and media_type not in policy.types:
        raise BadAnswer(why=_("it is of another kind than expected"))
    length = headers.get("content-length", "")
    if answer.status != 304 and length.isdecimal() and int(length) > policy.most_bytes:
        raise TooLarge
    body = read_body(answer.chunks, headers, policy.most_bytes, deadline)
    return Fetched(str(request.address), answer.status, headers, body)


def next_request(request: Request, answer: Answer) -> Request | None:
    """Say what an answer sends us to ask next, if anything; every rule is applied to it anew."""
    locations = answer.headers.all("location")
    if answer.status not in REDIRECTS or not locations:
        return None
    address = joined(request.address, locations)
    onward = replace(request, address=address)
    # As browsers do: 303 always becomes GET, 301 and 302 only where it was POST, 307 and 308 never.
    is_see_other = answer.status == 303 and request.method not in ("GET", "HEAD")
    if is_see_other or (answer.status in (301, 302) and request.method == "POST"):
        onward = replace(onward, method="GET", body=None, headers=without(request.headers, OF_A_BODY))
    if address.origin != request.address.origin:
        onward = replace(onward, headers=harmless(onward.headers))
    if onward.body is not None and (request.address.scheme, address.scheme) == ("https", "http"):
        raise AddressNotAllowed
    return onward


def joined(base: Address, locations: list[str]) -> Address:
    """Read where an answer leads to, as strictly as what a user supplies."""
    if len(locations) == 1:
        try:
            location = locations[0].encode("latin-1").decode("utf-8")
            # Before they are joined: urljoin drops line breaks and tabs without a word.
            require_plain(location)
            return parse_address(urljoin(str(base), location))
        except (MalformedAddress, ValueError) as error:
            raise BadAnswer(why=_("it leads to something that Porch cannot visit")) from error
    raise BadAnswer(why=_("it leads to several places at once"))
