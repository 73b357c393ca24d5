"""Lists in parts where the newest comes first, by columns that fall: the time of the newest talk, and the number."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse

from porch.kit.time import from_micros, to_micros
from porch.web.api.cursors import lead_on, read_numbers, write_numbers


def newest_part_of(
    request: HttpRequest,
    response: HttpResponse,
    found: QuerySet[Any, Any],
    make: Callable[[Sequence[Any]], list[Any]],
    by: Sequence[str],
    *,
    cursor: str,
    limit: int,
) -> dict[str, object]:
    """Read a part of a list that stands by some columns, each falling; ``make`` is given all rows of the part.

    Each column is a time, a number, or yes and no. What comes to the top meanwhile stands in the first part.
    """
    if cursor:
        found = found.filter(below(by, read_numbers(cursor, request, len(by))))
    rows = list(found.order_by(*(f"-{name}" for name in by))[: limit + 1])
    coming = None
    if len(rows) > limit:
        coming = write_numbers([number_of(getattr(rows[limit - 1], name)) for name in by], request)
    lead_on(request, response, coming, limit)
    return {"items": make(rows[:limit]), "next": coming}


def below(by: Sequence[str], numbers: Sequence[int]) -> Q:
    """Say that a row comes after another in a list that stands by some columns, each falling."""
    found, same = Q(), Q()
    for name, number in zip(by, numbers, strict=True):
        value = from_micros(number) if name.endswith("at") else number
        found |= same & Q(**{f"{name}__lt": value})
        same &= Q(**{name: value})
    return found


def number_of(value: datetime | int) -> int:
    """Write a time, a number, or yes and no as a number."""
    return to_micros(value) if isinstance(value, datetime) else int(value)
