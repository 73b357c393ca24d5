"""Pages of a list: which was asked for, and the ways to its neighbours."""

from django.http import HttpRequest

from porch.kit.refusals import NotFound


def page_number(request: HttpRequest) -> int:
    """Read the page that was asked for; one that cannot be is not found."""
    text = request.GET.get("page", "1")
    if not text.isascii() or not text.isdigit() or not 1 <= len(text) <= 6 or int(text) < 1:
        raise NotFound
    return int(text)


def neighbours(request: HttpRequest, number: int, *, has_more: bool) -> dict[str, str]:
    """Give the addresses of the newer and the older page, empty where there is none; filters stay as they are."""
    return {
        "newer": "?" + with_page(request, number - 1) if number > 1 else "",
        "older": "?" + with_page(request, number + 1) if has_more else "",
    }


def with_page(request: HttpRequest, number: int) -> str:
    """Write the query of this request for another page."""
    query = request.GET.copy()
    query["page"] = str(number)
    return query.urlencode()
