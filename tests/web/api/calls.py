"""A request to the API: how an operation is asked where it has an answer."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Any

from django.test import Client

from tests.web.api.callers import Program
from tests.web.api.world import filling

PLACE = re.compile(r"{(\w+)}")


@dataclass(frozen=True, slots=True)
class Call:
    """``path`` and ``body`` are filled with what there is, by its name in the world.

    ``by_right`` says that the verb asks for a right, since some may do it without; ben has it not. ``hers`` says that
    it is about something of ada's, which is not there for anybody else.
    """

    id: str
    method: str
    path: str
    body: str = ""
    by_right: bool = False
    hers: bool = False
    world: Callable[[Collection[str]], dict[str, str]] = filling

    def __str__(self) -> str:
        return self.id

    def ready(self) -> "Call":
        """Give the same with ids that there are."""
        return self.about(self.world(PLACE.findall(self.path + self.body)))

    def about(self, there: dict[str, str]) -> "Call":
        """Give the same with these ids."""
        path, body = (PLACE.sub(lambda found: there[found[1]], text) for text in (self.path, self.body))
        return replace(self, path=path, body=body)

    def ask(self, program: Program, *, client: Client | None = None) -> Any:
        return self.ready().send(client or program.client)

    def send(self, client: Client, **headers: str) -> Any:
        path = "/api/v1" + self.path
        return client.generic(
            self.method, path, self.body, content_type="application/json", headers=headers or None
        )
