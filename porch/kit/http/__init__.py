"""The one outgoing HTTP client for every address that a user can supply.

It visits public servers only, looks every name up once and connects to what it checked, and stops at the
caps of its policy. ``docs/decisions/0004-outgoing-http.md`` says why it is built as it is.
"""

from porch.kit.http.failures import (
    AddressNotAllowed,
    BadAnswer,
    CertificateNotTrusted,
    HeaderNotAllowed,
    MalformedAddress,
    NotFetched,
    NotReachable,
    TooLarge,
    TooManyRedirects,
    TooSlow,
)
from porch.kit.http.fetching import Fetched, fetch
from porch.kit.http.headers import Headers
from porch.kit.http.network import NETWORK, Network
from porch.kit.http.policy import POLICY, Policy

__all__ = [
    "NETWORK",
    "POLICY",
    "AddressNotAllowed",
    "BadAnswer",
    "CertificateNotTrusted",
    "Fetched",
    "HeaderNotAllowed",
    "Headers",
    "MalformedAddress",
    "Network",
    "NotFetched",
    "NotReachable",
    "Policy",
    "TooLarge",
    "TooManyRedirects",
    "TooSlow",
    "fetch",
]
