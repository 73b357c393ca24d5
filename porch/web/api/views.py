import re
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from porch.community.roles.rules import NeedsRight
from porch.kit.caching import shareable
from porch.kit.refusals import NotFound, Refusal
from porch.people.doors import anyone
from porch.people.sign_in.limits import API_READS, API_WRITES
from porch.people.tokens.actions import MOST_DAYS, USUAL_DAYS
from porch.people.tokens.repeating import KeyWasUsed
from porch.people.tokens.scopes import SCOPES
from porch.web.api import answering, cursors, gate
from porch.web.api.schema import describe
from porch.web.refusals import BodyTooLarge, DatabaseIsBusy, SomethingBroke, TooManyUploads

OPEN_PLACE = re.compile(r"%\(\w+\)s")
# What one meets most; each refusal of a verb has its own name beside these.
REFUSALS: tuple[type[Refusal], ...] = (
    answering.Unreadable,
    gate.TokenInAddress,
    gate.NoToken,
    gate.TokenDoesNotWork,
    gate.InsufficientScope,
    gate.MembersOnly,
    gate.PersonalTokenOnly,
    NotFound,
    answering.MethodNotAllowed,
    BodyTooLarge,
    answering.NotJson,
    gate.DoesNotFit,
    cursors.CursorDoesNotFit,
    KeyWasUsed,
    NeedsRight,
    gate.TooManyRequests,
    SomethingBroke,
    DatabaseIsBusy,
    TooManyUploads,
)


@dataclass(frozen=True, slots=True)
class Field:
    """Something that an operation takes or gives."""

    name: str
    kind: str
    what: str


@dataclass(frozen=True, slots=True)
class Shown:
    """An operation as the page shows it."""

    id: str
    method: str
    path: str
    summary: str
    description: str
    scope: str
    also: dict[str, str] | None
    whom: str
    takes: list[Field]
    gives: list[Field]
    in_parts: bool


@anyone
@shareable()
@require_safe
def show_api(request: HttpRequest) -> HttpResponse:
    """The API on one page, made from its own description; nothing is loaded from elsewhere."""
    found = describe(get_language() or "en")
    groups: dict[str, list[Shown]] = {}
    for path, methods in found["paths"].items():
        for method, said in methods.items():
            groups.setdefault(said["tags"][0], []).append(as_shown(found, path, method, said))
    shown = {
        "groups": groups,
        "scopes": SCOPES.values(),
        "refusals": [each_told(each) for each in REFUSALS],
        "reads": API_READS.most,
        "writes": API_WRITES.most,
        "days": USUAL_DAYS,
        "most_days": MOST_DAYS,
        "most": cursors.MOST,
    }
    return render(request, "api/api.html", shown)


@anyone
@shareable()
@require_safe
def show_schema(request: HttpRequest) -> HttpResponse:
    """The API for programs that read descriptions."""
    return JsonResponse(describe(get_language() or "en"))


def as_shown(found: dict[str, Any], path: str, method: str, said: dict[str, Any]) -> Shown:
    """Take out of a description what the page shows of one operation."""
    takes = [
        Field(each["name"], kind_of(each["schema"]), each.get("description", ""))
        for each in said["parameters"]
        if each["in"] != "header"
    ]
    body = said.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    answer = said["responses"].get("200", {}).get("content", {}).get("application/json", {}).get("schema", {})
    inner = resolve(found, answer)
    in_parts = "next" in inner.get("properties", {})
    if in_parts:
        inner = inner["properties"]["items"]
    scopes, *_with_more = said["security"]
    return Shown(
        id=said["operationId"],
        method=method.upper(),
        path=path,
        summary=said["summary"],
        description=said.get("description", ""),
        scope=next(iter(scopes["token"]), ""),
        also=said.get("x-also"),
        whom=said["x-for"],
        takes=takes + fields(found, body),
        gives=fields(found, inner),
        in_parts=in_parts,
    )


def fields(found: dict[str, Any], schema: dict[str, Any]) -> list[Field]:
    """List the fields of an object, or of each object of a list."""
    schema = resolve(found, schema.get("items", schema))
    return [
        Field(name, kind_of(each), each.get("description", ""))
        for name, each in schema.get("properties", {}).items()
    ]


def resolve(found: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """Follow a reference to where it leads; what is none is itself."""
    name = schema.get("$ref", "").rpartition("/")[2]
    there: dict[str, Any] = found["components"]["schemas"][name] if name else schema
    return there


def kind_of(schema: dict[str, Any]) -> str:
    """Name the kind of a value: text, number, list or another object."""
    if "anyOf" in schema:
        return " or ".join(kind_of(each) for each in schema["anyOf"])
    if "$ref" in schema:
        name: str = schema["$ref"].rpartition("/")[2].removesuffix("Out")
        return name
    if schema.get("type") == "array":
        return f"list of {kind_of(schema['items'])}"
    return str(schema.get("format") or schema.get("type", "any"))


def each_told(refusal: type[Refusal]) -> dict[str, object]:
    """Tell of a refusal in general: what it fills in is left open."""
    return {
        "kind": refusal.__new__(refusal).kind,
        "status": refusal.status,
        "text": OPEN_PLACE.sub("…", str(refusal.text)),
        "hint": OPEN_PLACE.sub("…", str(refusal.hint)),
    }
