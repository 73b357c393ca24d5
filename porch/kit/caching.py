"""How a view says that its page is the same for everyone who is not signed in.

The front of the server keeps such a page as ready bytes until one of its topics changes. The promise is the
view's: nothing on the page may depend on who asks, and every row on it belongs to one of the topics.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.http import HttpRequest, HttpResponseBase

View = TypeVar("View", bound=Callable[..., HttpResponseBase])

# A header between Django and the front; the front takes it off. See porch.web.server.pages.
TOPICS_HEADER = "Porch-Shareable"


def shareable(*topics: str) -> Callable[[View], View]:
    """Let the front share this page among strangers, until something in one of ``topics`` changes."""

    def decorate(view: View) -> View:
        @wraps(view)
        def shared(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            response = view(request, *args, **kwargs)
            # A page with a query string is another page for every spelling: sharing those invites a flood.
            is_plain = request.method in ("GET", "HEAD") and not request.META.get("QUERY_STRING")
            if is_plain and not request.user.is_authenticated:
                response.headers[TOPICS_HEADER] = " ".join(topics)
            return response

        return cast(View, shared)

    return decorate
