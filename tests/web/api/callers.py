"""Programs that call the API: a token and a way to use it."""

from collections.abc import Collection
from typing import Any

from django.http import HttpResponse
from django.test import Client

from porch.kit.time import now
from porch.people.identity.models import Person
from porch.people.tokens.actions import Made, make_service_token, make_token
from porch.people.tokens.scopes import offered
from porch.web.api import site

assert site.ROUTERS, "whose scopes are declared by importing them"
EVERY_SCOPE = tuple(each.name for each in offered(for_house=False))
HOUSE_SCOPES = tuple(each.name for each in offered(for_house=True))


def token_of(person: Person, wanted: Collection[str] = EVERY_SCOPE, **how: Any) -> Made:
    return make_token(person=person, name="A program", scopes=wanted, **{"browser": "", "at": now(), **how})


def service_token(by: Person, wanted: Collection[str] = HOUSE_SCOPES, **how: Any) -> Made:
    return make_service_token(name="The site", scopes=wanted, by=by, **{"at": now(), **how})


class Program:
    """Calls the API with one secret; paths begin after /api/v1."""

    def __init__(self, secret: str = "", **headers: str) -> None:
        if secret:
            headers["authorization"] = f"Bearer {secret}"
        self.client = Client(headers={"host": "localhost:8000", **headers})

    def get(self, path: str, **how: Any) -> HttpResponse:
        return self.client.get("/api/v1" + path, **how)

    def send(
        self, method: str, path: str, body: object = None, kind: str = "application/json", **how: Any
    ) -> Any:
        return self.client.generic(method, "/api/v1" + path, body or b"", content_type=kind, **how)


def program_of(person: Person, *wanted: str) -> Program:
    return Program(token_of(person, wanted or EVERY_SCOPE).secret)
