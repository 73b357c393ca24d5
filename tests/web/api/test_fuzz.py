"""Whatever a program sends that has a token: the answer is JSON of a shape that we know, and never 500."""

import json
from typing import Any

from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from porch.people.sign_in.models import Tally
from porch.web.api.schema import describe
from tests.village import build_village
from tests.web.api.callers import service_token, token_of
from tests.web.api.talk_world import talk_filling
from tests.web.api.world import filling

EXPECTED = {200, 204, 304, 400, 401, 403, 404, 405, 409, 413, 415, 422, 429}
TEXT = st.text(max_size=30)
NUMBERS = st.one_of(st.integers(), st.sampled_from([0, 1, 2, 100, 2**31, 2**63 - 1, 2**63, -1]))
VALUES = st.one_of(
    NUMBERS.map(str), TEXT, st.sampled_from(["null", "true", "[]", "1,2", "\x00", "%00", "\ud800"])
)
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), NUMBERS, st.floats(), TEXT),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(TEXT, inner, max_size=4)),
    max_leaves=12,
)
KINDS = st.sampled_from(
    ["application/json", "application/json; charset=utf-8", "text/plain", "", "x/y; charset=big5"]
)


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (path, method, said)
        for path, methods in describe("en")["paths"].items()
        for method, said in methods.items()
        if said["operationId"] != "revoke_this"
    ]


def properties(said: dict[str, Any]) -> dict[str, Any]:
    """Draw each field of a body, of its kind more often than not."""
    ref = said["requestBody"]["content"]["application/json"]["schema"]["$ref"]
    found = describe("en")["components"]["schemas"][ref.rpartition("/")[2]]["properties"]
    kinds = {
        "string": st.one_of(TEXT, st.sampled_from(["2027-01-31", "9999-12-31T23:59:59-23:59", "yes", "USD"])),
        "integer": st.one_of(st.integers(0, 9), NUMBERS),
        "boolean": st.booleans(),
    }
    return {name: st.one_of(kinds.get(each.get("type", ""), JSON), JSON) for name, each in found.items()}


@st.composite
def requests(draw: Any) -> tuple[str, str, dict[str, Any], str | bytes, str]:
    """Draw a request around an operation: near to what it takes, or far from it."""
    path, method, said = draw(st.sampled_from(operations()))
    query = {}
    for each in said["parameters"]:
        value = draw(VALUES)
        if each["in"] == "path":
            path = path.replace("{" + each["name"] + "}", value.replace("\ud800", "x"))
        elif each["in"] == "header":
            continue
        elif draw(st.booleans()):
            query[each["name"]] = value
    if draw(st.integers(0, 5)) == 0:
        query[draw(TEXT)] = draw(VALUES)
    near = st.fixed_dictionaries({}, optional=properties(said)) if "requestBody" in said else JSON
    body = draw(st.one_of(near.map(json.dumps), JSON.map(json.dumps), TEXT, st.binary(max_size=40)))
    wrong = draw(st.integers(0, 7)) == 0
    other = st.sampled_from(["get", "post", "put", "patch", "options", "head"])
    return path, draw(other) if wrong else method, query, body, draw(KINDS)


class AnyRequest(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        village = build_village()
        filling()
        talk_filling()
        people = [village.ada, village.ben, village.dov]
        made = [*(token_of(each) for each in people), service_token(village.ada)]
        cls.secrets = [each.secret for each in made]

    @settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(requests(), st.integers(0, 3))
    def test_gets_an_answer_that_we_know(self, request: Any, who: int) -> None:
        path, method, query, body, kind = request
        Tally.objects.all().delete()
        client = Client(headers={"host": "localhost:8000", "authorization": f"Bearer {self.secrets[who]}"})
        client.raise_request_exception = False
        safe = {
            name.encode("utf-8", "replace"): value.encode("utf-8", "replace") for name, value in query.items()
        }
        raw = body if isinstance(body, bytes) else body.encode("utf-8", "replace")
        answer = client.generic(method.upper(), path, raw, content_type=kind, query_params=safe)
        assert answer.status_code in EXPECTED, (answer.status_code, answer.content)
        if answer.content:
            said = json.loads(answer.content)
            assert answer.status_code == 200 or said["status"] == answer.status_code
