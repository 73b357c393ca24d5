"""Pages of a list: which was asked for, what stands on it, and the ways to its neighbours."""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

from porch.kit.refusals import NotFound

Row = TypeVar("Row")


def page_number(request: HttpRequest) -> int:
    """Read the page that was asked for; one that cannot be is not found."""
    text = request.GET.get("page", "1")
    if not text.isascii() or not text.isdigit() or not 1 <= len(text) <= 6 or int(text) < 1:
        raise NotFound
    return int(text)


def page_of(found: "QuerySet[Any, Row] | Sequence[Row]", number: int, size: int) -> tuple[list[Row], bool]:
    """Read a page, and say whether there is another: one row more is asked for than is shown. Pages count from 1."""
    start = (number - 1) * size
    rows = list(found[start : start + size + 1])
    return rows[:size], len(rows) > size


def neighbours(
    request: HttpRequest, number: int, *, has_more: bool, has_filters: bool = True
) -> dict[str, str]:
    """Give the addresses of the newer and the older page, empty where there is none.

    Filters stay as they are; a list that has none repeats nothing of what stood in the address.
    """
    query = request.GET.copy() if has_filters else QueryDict(mutable=True)
    return {
        "newer": address_of(request.path, query, number - 1) if number > 1 else "",
        "older": address_of(request.path, query, number + 1) if has_more else "",
    }


def address_of(path: str, query: QueryDict, number: int) -> str:
    """Write the address of another page of a list; the first page bears no number."""
    query = query.copy()
    query.pop("page", None)
    if number > 1:
        query["page"] = str(number)
    return "?" + query.urlencode() if query else path
