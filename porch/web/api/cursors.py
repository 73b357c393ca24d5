"""Lists in parts: each part ends with a cursor, and the next begins after the row that it names.

Rows go by their ids, so that none is missed or told twice when others come or go meanwhile. Where the newest talk comes
first, they go by its time. A cursor is signed for one list with its filters: it is no place to write numbers into.
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Annotated, Any, Generic, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from ninja import Field, Query, Schema

from porch.kit.keys import derive_key
from porch.kit.refusals import BadInput

Item = TypeVar("Item")
ID_BYTES, MAC_BYTES = 8, 12
MOST, USUAL = 100, 50

Limit = Annotated[int, Query(ge=1, le=MOST, description="How many to give at most.")]
Cursor = Annotated[str, Query(max_length=64, description="Where to go on: `next` of the part before.")]


class CursorDoesNotFit(BadInput):
    text = _("This cursor does not belong to this list.")
    hint = _("Take it from `next` of the part before, and keep the filters as they were.")


class Part(Schema, Generic[Item]):
    """A part of a list."""

    items: list[Item]
    next: str | None = Field(description="The cursor of the next part; null at the end.")


def part_of(
    request: HttpRequest,
    response: HttpResponse,
    found: QuerySet[Any, Any],
    make: Callable[[Any], object],
    *,
    cursor: str,
    limit: int,
) -> dict[str, object]:
    """Read a part of a list by ids, and leave the way to the next one in the answer and in its Link header."""
    after = read_cursor(cursor, request) if cursor else 0
    rows = list(found.filter(pk__gt=after).order_by("pk")[: limit + 1])
    coming = write_cursor(id_of(rows[limit - 1]), request) if len(rows) > limit else None
    lead_on(request, response, coming, limit)
    return {"items": [make(each) for each in rows[:limit]], "next": coming}


def lead_on(request: HttpRequest, response: HttpResponse, coming: str | None, limit: int | None) -> None:
    """Leave the way to the next part in the Link header. Some lists have parts of one size: without ``limit``."""
    if coming:
        size = {} if limit is None else {"limit": str(limit)}
        query = urlencode({**filters(request), **size, "cursor": coming})
        response.headers["Link"] = f'<{request.path}?{query}>; rel="next"'


def id_of(row: Any) -> int:
    """Give the id of a row, an instance or a dictionary."""
    found: int = row["id"] if isinstance(row, dict) else row.pk
    return found


def filters(request: HttpRequest) -> dict[str, str]:
    """Give what makes a list this list, in one order."""
    return {name: request.GET[name] for name in sorted(request.GET) if name not in ("cursor", "limit")}


def write_cursor(number: int, request: HttpRequest) -> str:
    """Sign the id of the last row of a part."""
    return write_numbers([number], request)


def write_numbers(numbers: Sequence[int], request: HttpRequest) -> str:
    """Sign what the last row of a part stands by."""
    body = b"".join(each.to_bytes(ID_BYTES, "big") for each in numbers)
    return urlsafe_b64encode(body + sign(body, request)).decode().rstrip("=")


def read_cursor(cursor: str, request: HttpRequest) -> int:
    """Read the id out of a cursor of this list. Raises ``CursorDoesNotFit``."""
    return read_numbers(cursor, request, 1)[0]


def read_numbers(cursor: str, request: HttpRequest, many: int) -> list[int]:
    """Read so many numbers out of a cursor of this list. Raises ``CursorDoesNotFit``."""
    try:
        raw = urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
    except (Error, ValueError) as error:
        raise CursorDoesNotFit from error
    body, mac = raw[: many * ID_BYTES], raw[many * ID_BYTES :]
    if not hmac.compare_digest(mac, sign(body, request)):
        raise CursorDoesNotFit
    return [int.from_bytes(body[n : n + ID_BYTES], "big") for n in range(0, len(body), ID_BYTES)]


def sign(body: bytes, request: HttpRequest) -> bytes:
    """Sign the id of a row for one list with its filters."""
    of = f"{request.path}?{urlencode(filters(request))}".encode()
    return hmac.new(derive_key("api cursors"), body + of, sha256).digest()[:MAC_BYTES]
