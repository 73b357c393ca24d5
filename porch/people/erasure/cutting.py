"""Addresses of somebody who is erased, taken out of what others wrote."""

import re
from collections.abc import Callable
from typing import Any

from porch.people.erasure.holdings import Changes, Subject
from porch.people.erasure.paths import pattern_of


def without_addresses(text: str, subject: Subject) -> str:
    """Put a dot for each address of somebody, however it is written; others of which it is a part stay whole."""
    if not subject.addresses:
        return text
    return re.sub(pattern_of(subject), "…", text, flags=re.IGNORECASE)


def cut(column: str) -> Callable[[Any, Subject], Changes]:
    """Say that the addresses go from a column of text, and the rest stays."""
    return lambda row, subject: {column: without_addresses(getattr(row, column), subject)}
