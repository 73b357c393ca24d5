"""The description of the API is sound OpenAPI 3.1, and the answers are what it says."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from porch.web.api.schema import describe
from tests.village import Village, browser
from tests.web.api.callers import program_of
from tests.web.api.operations import OPERATIONS, Call
from tests.web.api.talk_world import talk_filling

TYPES: dict[str, Any] = {
    "string": str, "integer": int, "number": (int, float), "boolean": bool,
    "null": type(None), "array": list, "object": dict,
}  # fmt: skip
OF_OPERATIONS = {
    "operationId", "summary", "description", "parameters", "requestBody", "responses", "security", "tags", "x-for",
    "x-also",
}  # fmt: skip


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in describe("en")["paths"].items():
        for method, said in methods.items():
            yield path, method, said


def everything(value: object) -> Iterator[tuple[str, object]]:
    """Give each name and value in a description, however deep."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name, inner
            yield from everything(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from everything(inner)


def find(ref: str) -> dict[str, Any]:
    there: Any = describe("en")
    for step in ref.removeprefix("#/").split("/"):
        there = there[step]
    assert isinstance(there, dict)
    return there


def fits(value: Any, schema: dict[str, Any]) -> bool:
    """Say whether a value is what a schema says, as far as our schemas say anything; unknown fields do not fit."""
    if "$ref" in schema:
        return fits(value, find(schema["$ref"]))
    if "anyOf" in schema:
        return any(fits(value, each) for each in schema["anyOf"])
    if not isinstance(value, TYPES[schema["type"]]) or (
        schema["type"] == "integer" and isinstance(value, bool)
    ):
        return False
    if schema["type"] == "array":
        return all(fits(each, schema["items"]) for each in value)
    if schema["type"] == "object":
        known, wanted = schema.get("properties", {}), set(schema.get("required", []))
        return wanted <= value.keys() <= known.keys() and all(
            fits(value[each], known[each]) for each in value
        )
    return True


def test_it_has_the_parts_that_the_standard_wants() -> None:
    found = describe("en")
    assert found["openapi"] == "3.1.0"
    assert found["info"].keys() >= {"title", "version"}
    assert found["servers"] == [{"url": "http://localhost:8000"}]
    assert all(
        re.fullmatch(r"[A-Za-z0-9._-]+", name) for each in found["components"].values() for name in each
    )


def test_every_reference_leads_somewhere() -> None:
    refs = [value for name, value in everything(describe("en")) if name == "$ref"]
    assert refs
    assert all(find(str(ref)) for ref in refs)


def test_operations_have_names_of_their_own_and_declare_their_paths() -> None:
    names = [said["operationId"] for _path, _method, said in operations()]
    assert len(names) == len(set(names))
    for path, method, said in operations():
        assert method in {"get", "post", "put", "patch", "delete"}
        assert said.keys() <= OF_OPERATIONS
        declared = {each["name"]: each for each in said["parameters"] if each["in"] == "path"}
        assert set(re.findall(r"{(\w+)}", path)) == declared.keys()
        assert all(each["required"] is True for each in declared.values())
        assert all(re.fullmatch(r"[1-5]\d\d", status) for status in said["responses"])
        assert all("description" in each or "$ref" in each for each in said["responses"].values())


@pytest.mark.parametrize("call", OPERATIONS, ids=str)
def test_an_answer_is_what_the_description_says(call: Call, village: Village) -> None:
    (said,) = [each for _path, _method, each in operations() if each["operationId"] == call.id]
    if call.method == "GET" and call.world is talk_filling:
        talk_filling()  # all of it, so that no list is empty
    answer = call.ask(program_of(village.ada))
    assert str(answer.status_code) in said["responses"]
    if answer.status_code == 204:
        assert not answer.content
        return
    schema = said["responses"]["200"]["content"]["application/json"]["schema"]
    assert fits(answer.json(), schema), answer.content


def test_a_refusal_is_what_the_description_says(village: Village) -> None:
    for answer in (program_of(village.ben).get("/members?x=1"), program_of(village.dov).get("/members")):
        assert fits(answer.json(), find("#/components/schemas/Problem"))


def test_anyone_reads_it_and_nothing_comes_from_elsewhere(village: Village) -> None:
    for path, kind in (("/api/v1/openapi.json", "application/json"), ("/api/v1/", "text/html")):
        for person in village.cast().values():
            answer = browser(person).get(path)
            assert answer.status_code == 200
            assert answer.headers["Content-Type"].startswith(kind)
    page = browser().get("/api/v1/").text
    assert not re.search(r'(src|href)="(https?:)?//(?!localhost)', page)
    for _path, method, said in operations():
        assert f'id="{said["operationId"]}"' in page
        assert method.upper() in page


def test_where_a_refusal_is_explained_there_is_something(village: Village) -> None:
    page = browser().get("/api/v1/").text
    for path in ("/nothing", "/members?x=1", "/members?access_token=1"):
        anchor = program_of(village.ben).get(path).json()["type"].partition("#")[2]
        assert f'id="{anchor}"' in page
