"""What the API takes and gives, in the words of OpenAPI 3.1: the library's, with our scopes and refusals in it."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from porch.web.api.gate import Needs, Whom
from porch.web.api.once import HEADER
from porch.web.api.site import api
from porch.web.problems import API

Schema = dict[str, Any]

ERRORS = {
    "400": _("The request cannot be understood."),
    "401": _("There is no token, or it does not work."),
    "403": _("The token lacks the scope, or its person the right."),
    "404": _("There is no such thing, or none that this token may know of."),
    "409": _("Something changed in the meantime, or stands against it."),
    "413": _("The body is too large."),
    "415": _("The body is not JSON."),
    "422": _("Something does not fit; errors name each field."),
    "429": _("Too much was asked, or a number for the day is reached; Retry-After says when to come again."),
    "503": _("Too much is being done just now; Retry-After says when to come again."),
}
ALWAYS = ("400", "401", "403", "422", "429", "503")
KEY: Schema = {
    "in": "header",
    "name": HEADER,
    "required": False,
    "description": "Under which this is done once, however often it is sent within a day.",
    "schema": {"type": "string", "maxLength": 200},
}
TEXT: Schema = {"type": "string"}
PROBLEM: Schema = {
    "type": "object",
    "title": "Problem",
    "description": "Why something was refused (RFC 9457).",
    "required": ["type", "title", "status", "code"],
    "properties": {
        "type": {"type": "string", "format": "uri", "description": "Where it is explained."},
        "title": {"type": "string", "description": "What is wrong, in one sentence for people."},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "The name of the refusal, for programs."},
        "detail": {"type": "string", "description": "What to do next."},
        "errors": {
            "type": "array",
            "description": "What does not fit, field by field.",
            "items": {
                "type": "object",
                "required": ["field", "text"],
                "properties": {"field": TEXT, "text": TEXT},
            },
        },
        "current": {
            "type": "object",
            "description": "What was changed meanwhile: how it stands now, and what was sent.",
            "required": ["source", "edits", "yours"],
            "properties": {"source": TEXT, "edits": {"type": "integer"}, "yours": TEXT},
        },
    },
}
TOKEN: Schema = {
    "type": "http",
    "scheme": "bearer",
    "description": "A token of a person, made in their account, or of the house, made at the desk.",
}
FOR = {
    Whom.ANY: "any token",
    Whom.PERSON: "tokens of people",
    Whom.MEMBER: "tokens of members",
    Whom.INSIDE: "tokens of members, and service tokens",
    Whom.OPERATOR: "tokens of operators",
}


@lru_cache(maxsize=4)
def describe(language: str) -> Schema:
    """Describe every operation; made once for each language."""
    found: Schema = dict(api.get_openapi_schema(path_prefix=API))
    found["info"]["description"] = _("The API of this Porch. How to use it stands at its address.")
    found["servers"] = [{"url": settings.PORCH_URL}]
    parts = found["components"]
    parts["schemas"]["Problem"] = PROBLEM
    parts["securitySchemes"] = {"token": TOKEN}
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    parts["responses"] = {
        f"Refused{status}": {"description": text, "content": content} for status, text in ERRORS.items()
    }
    needed = needs()
    for path, methods in found["paths"].items():
        for method, said in methods.items():
            complete(said, method, path, needed[said["operationId"]])
    return found


def complete(said: Schema, method: str, path: str, needs: Needs) -> None:
    """Add to one operation what it needs, and how it may be refused."""
    said["security"] = [{"token": [needs.scope.name] if needs.scope else []}]
    said["x-for"] = FOR[needs.whom]
    if needs.also and needs.scope:
        said["security"].append({"token": [needs.scope.name, needs.also.scope.name]})
        said["x-also"] = {"scope": needs.also.scope.name, "when": needs.also.when}
    if method != "get" and path != f"{API}token":
        said["parameters"] = [*said["parameters"], KEY]
    statuses = [*ALWAYS, *(["413", "415"] if "requestBody" in said else [])]
    if method != "get":
        statuses.append("409")
    if "{" in path or any(each["name"] == "circle" for each in said["parameters"]):
        statuses.append("404")
    said["responses"] = {str(status): answer for status, answer in said["responses"].items()} | {
        status: {"$ref": f"#/components/responses/Refused{status}"} for status in sorted(statuses)
    }


def needs() -> dict[str, Needs]:
    """Say of each operation, by its name, what it needs. Raises ``TypeError`` for one that does not say it."""
    found = {}
    for router in api._get_bound_routers():
        for view in router.path_operations.values():
            for operation in view.operations:
                need = next(iter(operation.auth_callbacks), None)
                if not isinstance(need, Needs):
                    raise TypeError(f"{operation.view_func.__name__} does not say what it needs of a token")
                found[operation.view_func.__name__] = need
    return found
