"""Addresses of somebody who is erased, taken out of what others wrote."""

import re
from collections.abc import Callable
from typing import Any

from porch.people.erasure.holdings import Changes, Subject


def without_addresses(text: str, subject: Subject) -> str:
    """Put a dot for each address of somebody, however it is written."""
    for address in subject.addresses:
        text = re.sub(re.escape(address), "…", text, flags=re.IGNORECASE)
    return text


def cut(column: str) -> Callable[[Any, Subject], Changes]:
    """Say that the addresses go from a column of text, and the rest stays."""
    return lambda row, subject: {column: without_addresses(getattr(row, column), subject)}
