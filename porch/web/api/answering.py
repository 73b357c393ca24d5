"""What every operation has in common: what it takes, and how it answers, whatever happens in it."""

import json
import re
from collections.abc import Callable, Iterator
from functools import wraps
from hashlib import sha256
from math import isfinite
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.operation import Operation
from ninja.parser import Parser

from porch.kit.refusals import Refusal
from porch.web.api.gate import ApiRequest, DoesNotFit, WasChanged
from porch.web.api.once import done_once
from porch.web.problems import API_BYTES, problem
from porch.web.refusals import BodyTooLarge, as_refusal

MOST_DEEP = 20
UNWRITTEN = re.compile("[\x00\ud800-\udfff]")
JSON = "application/json"
Run = Callable[..., HttpResponse]


class NotJson(Refusal):
    status = 415
    text = _("The API reads JSON only.")
    hint = _("Send the body as Content-Type: application/json, in UTF-8.")


class Unreadable(Refusal):
    status = 400
    text = _("The body of this request is no JSON that can be read.")
    hint = _("Names stand once, numbers are finite, and nothing is deeper than 20.")


class MethodNotAllowed(Refusal):
    status = 405
    text = _("That cannot be asked of this address.")
    hint = _("The header Allow says what can.")


class StrictParser(Parser):
    """Reads JSON as the standard has it: no NaN, no name twice, no endless depth, nothing that is not text."""

    def parse_body(self, request: HttpRequest) -> Any:
        body = json.loads(
            request.body.decode("utf-8"),
            object_pairs_hook=once_each,
            parse_constant=no_number,
            parse_int=whole,
            parse_float=fraction,
        )
        look_through(body)
        return body


def once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make an object of names that stand once each."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def no_number(text: str) -> Any:
    raise ValueError(f"{text} is no number of JSON")


def whole(text: str) -> int:
    """Read a whole number; one beyond every column of ours is none."""
    if len(text) > 20:
        raise ValueError("a number is larger than any of ours")
    return int(text)


def fraction(text: str) -> float:
    """Read a number with a fraction; one that is infinite is none."""
    if not isfinite(value := float(text)):
        raise ValueError("a number is larger than any of ours")
    return value


def look_through(value: Any, deep: int = 0) -> None:
    """Refuse what no database keeps: NUL and halves of characters, and nesting without end."""
    if deep > MOST_DEEP:
        raise ValueError("this is nested too deeply")
    if isinstance(value, str) and UNWRITTEN.search(value):
        raise ValueError("this is not text")
    inner: Iterator[Any] = iter(())
    if isinstance(value, dict):
        inner = iter([*value, *value.values()])
    elif isinstance(value, list):
        inner = iter(value)
    for each in inner:
        look_through(each, deep + 1)


def held_to(run: Run) -> Run:
    """Wrap the run of an operation: it takes what its schema names and nothing else, and says what is left."""
    operation: Operation = run.__self__  # type: ignore[attr-defined]
    names = query_names(operation)
    takes_body = any(each.__ninja_param_source__ == "body" for each in operation.models)

    @wraps(run)
    def held(request: ApiRequest, **values: Any) -> HttpResponse:
        # Told by the gate, once it knows the token: whoever has none learns nothing of what an operation takes.
        request.unfit = find_unfit(request, names, takes_body)
        return finish(request, run(request, **values))

    return held


def query_names(operation: Operation) -> frozenset[str]:
    """Give the names of what may stand behind the question mark."""
    models = [each for each in operation.models if each.__ninja_param_source__ == "query"]
    return frozenset(name for model in models for name in model.__ninja_flatten_map__)


def find_unfit(request: HttpRequest, names: frozenset[str], takes_body: bool) -> Refusal | None:
    """Find what is wrong with a request before it is read: unknown or repeated filters, a body of another kind."""
    errors = []
    for name, values in request.GET.lists():
        if name not in names:
            errors.append({"field": f"query.{name}"[:100], "text": "This is not known here."})
        elif len(values) > 1 or any(UNWRITTEN.search(each) for each in values):
            errors.append({"field": f"query.{name}", "text": "This stands once, as text."})
    if errors:
        return DoesNotFit(errors)
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not takes_body or not length.isdecimal() or int(length) == 0:
        return None
    if int(length) > API_BYTES:
        return BodyTooLarge()
    return NotJson() if request.content_type != JSON else None


def finish(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Add what every answer carries: a tag that tells whether it changed, and what is left of the rate."""
    if request.method == "GET" and answer.status_code == 200:
        tag = f'"{sha256(answer.content).hexdigest()[:32]}"'
        if tag in parse_etags(request.META.get("HTTP_IF_NONE_MATCH", "")):
            answer = HttpResponseNotModified()
        answer.headers["ETag"] = tag
    if getattr(request, "is_repeated", False):
        answer.headers["Idempotency-Replayed"] = "true"
    left = getattr(request, "rate_left", None)
    if left is not None:
        answer.headers["RateLimit-Limit"] = str(left.most)
        answer.headers["RateLimit-Remaining"] = str(left.left)
        answer.headers["RateLimit-Reset"] = str(left.seconds)
    return answer


def refuse(request: HttpRequest, raised: Exception | type[Exception]) -> HttpResponse:
    """Answer whatever an operation raised: never with a page, never with what happened inside."""
    error = raised() if isinstance(raised, type) else raised
    if isinstance(error, ValidationError):
        error = DoesNotFit([as_error(each) for each in error.errors])
    if isinstance(error, HttpError):  # what the library says of a body that cannot be read
        error = Unreadable()
    if isinstance(error, DoesNotFit):
        return problem(error, errors=error.errors)
    if isinstance(error, WasChanged):
        return problem(error, current=error.current)
    return problem(as_refusal(request, error))


def as_error(said: dict[str, Any]) -> dict[str, str]:
    """Say of one field what does not fit, by the way to it, as ``body.name``."""
    source, *way = said["loc"]
    # After the source of a body comes the name of our own argument.
    where = ".".join(str(each) for each in (source, *(way[1:] if source == "body" else way)))
    return {"field": where[:100], "text": str(said["msg"])}


class PorchApi(NinjaAPI):
    """The library's, with short names for operations, and without its pages: those come from elsewhere."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        name: str = operation.view_func.__name__
        return name


def make_api() -> PorchApi:
    """Make the API, still without operations."""
    api = PorchApi(
        title=settings.PORCH_NAME, version="1", openapi_url=None, docs_url=None, parser=StrictParser()
    )
    api.add_decorator(held_to, mode="view")
    api.add_decorator(done_once, mode="operation")
    for kind in (Exception, HttpError, ValidationError):
        api.add_exception_handler(kind, refuse)
    return api
