"""The addresses of the API: each operation behind a mark that the laws read, and answering in JSON whatever comes."""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed
from django.urls import URLPattern, path

from porch.people.doors import Door
from porch.web.api.answering import MethodNotAllowed
from porch.web.api.site import api
from porch.web.api.views import show_api, show_schema
from porch.web.problems import problem

View = Callable[..., HttpResponseBase]

# No cookie opens it: the gate of each operation asks for a token, and what it needs of one stands beside it.
tokens = Door("tokens", lambda request: "HTTP_AUTHORIZATION" in request.META)


def for_programs(view: View) -> View:
    """Have an address answer programs: HEAD as GET, a wrong method as a problem, and nothing kept on the way."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        asked = request.method
        request.method = "GET" if asked == "HEAD" else asked
        answer = view(request, *args, **kwargs)
        request.method = asked
        if isinstance(answer, HttpResponseNotAllowed):
            allowed = {each.strip() for each in answer.headers["Allow"].split(",")}
            answer = problem(MethodNotAllowed())
            answer.headers["Allow"] = ", ".join(sorted(allowed | ({"HEAD"} if "GET" in allowed else set())))
        answer.headers["Cache-Control"] = "no-store"
        return answer

    answered.door = tokens  # type: ignore[attr-defined]
    return answered


def operations() -> Iterator[URLPattern]:
    """Give the addresses of the operations, each once: the library gives one for every method."""
    seen = set()
    for each in api.urls[0]:
        route = str(each.pattern)
        if isinstance(each, URLPattern) and route and route not in seen:
            seen.add(route)
            yield path(route, for_programs(each.callback), name=each.name)


urlpatterns = [
    path("", show_api, name="api"),
    path("openapi.json", show_schema, name="api-schema"),
    *operations(),
]
