"""How the API answers what it cannot do: one shape, never a page, never what happened inside."""

import json

import pytest
from django.db import OperationalError
from django.http import HttpResponse

from porch.people.identity.models import Person
from porch.web.api import reads
from tests.village import Village
from tests.web.api.callers import Program, program_of

SECRET_INSIDE = "what nobody outside shall read"


def assert_problem(answer: HttpResponse, status: int, code: str) -> dict[str, object]:
    said = json.loads(answer.content)
    assert answer.status_code == said["status"] == status
    assert said["code"] == code
    assert said["type"].endswith(f"/api/v1/#{code}")
    assert said["title"]
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "no-store" in answer.headers["Cache-Control"]
    return said


def test_an_address_that_there_is_not(village: Village) -> None:
    program = program_of(village.ben)
    for path in (
        "/nothing",
        "/members/0",
        "/members/x",
        "/members/",
        "/members/1/",
        "//me",
        "/me/..",
        "/members/-1",
    ):
        assert_problem(program.get(path), 404, "not-found")
    for path in ("/members/" + "9" * 19, "/members/" + "9" * 5000, "/circles/" + "9" * 40):
        assert_problem(program.get(path), 404, "not-found")
    assert_problem(program.client.get("/api/"), 404, "not-found")
    assert_problem(program.client.get("/api/v2/me"), 404, "not-found")
    assert_problem(program.client.get("/api/v1/\u00e9\u2603"), 404, "not-found")


def test_a_slash_too_many_is_told_the_address_without_it(village: Village) -> None:
    program = program_of(village.ben)
    for path, meant in (("/me/", "/api/v1/me"), ("/members/1/", "/api/v1/members/1")):
        assert f"This one is {meant}." in program.get(path).json()["detail"]
    for path in ("/nothing/", "/x/me/"):
        assert "slash" not in program.get(path).json()["detail"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT"])
def test_a_wrong_method_is_told_the_right_ones(method: str, village: Village) -> None:
    answer = program_of(village.ben).send(method, "/members")
    assert_problem(answer, 405, "method-not-allowed")
    assert answer.headers["Allow"] == "GET, HEAD"


def test_two_operations_of_one_address_are_both_allowed(village: Village) -> None:
    assert program_of(village.ben).send("PUT", "/me").headers["Allow"] == "GET, HEAD, PATCH"


def test_head_is_get_without_the_body(village: Village) -> None:
    program = program_of(village.ben)
    whole, head = program.get("/members"), program.client.head("/api/v1/members")
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["ETag"] == whole.headers["ETag"]


def test_what_did_not_change_is_not_sent_again(village: Village) -> None:
    program = program_of(village.ben)
    first = program.get("/circles")
    again = program.get("/circles", headers={"if-none-match": f'"other", {first.headers["ETag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    assert int(again.headers["RateLimit-Remaining"]) == int(first.headers["RateLimit-Remaining"]) - 1
    Person.objects.filter(pk=village.ada.pk).update(name="Ada")
    members = program.get("/members").headers["ETag"]
    assert program.get("/members", headers={"if-none-match": first.headers["ETag"]}).status_code == 200
    assert program.get("/members", headers={"if-none-match": members}).status_code == 304
    for odd in ("x", '"', "W/", "*" * 5000, '"a" "b"'):
        assert program.get("/members", headers={"if-none-match": odd}).status_code in (200, 304)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/x-www-form-urlencoded", "name=Ben"),
        ("multipart/form-data; boundary=x", "--x--"),
        ("text/plain", '{"name": "B"}'),
        ("application/xml", "<name/>"),
        ("application/json-patch+json", "[]"),
        ("", '{"name": "B"}'),
        ("nonsense", '{"name": "B"}'),
    ],
)
def test_what_is_not_json_is_not_read(kind: str, body: str, village: Village) -> None:
    assert_problem(program_of(village.ben).send("PATCH", "/me", body, kind), 415, "not-json")
    village.ben.refresh_from_db()
    assert village.ben.name == "Ben"


@pytest.mark.parametrize(
    "body",
    [
        "{",
        "nothing",
        '{"name": "B",}',
        "{'name': 'B'}",
        '{"name": "B", "name": "C"}',
        '{"name": NaN}',
        '{"name": 1e999}',
        '{"name": ' + "9" * 5000 + "}",
        '{"name": "\\u0000"}',
        '{"name": "\\ud800"}',
        '{"\\u0000": 1}',
        "[" * 100_000,
        '{"a":' * 100_000,
        '{"name": ' + "[" * 50 + "]" * 50 + "}",
        b"\xff\xfe{",
        b"\x00",
        '{"name": "B"}'.encode("utf-16"),
    ],
    ids=range(17),
)
def test_json_that_cannot_be_read(body: str | bytes, village: Village) -> None:
    assert_problem(program_of(village.ben).send("PATCH", "/me", body), 400, "unreadable")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ("", "body"),
        ("null", "body.body"),
        ("[]", "body.body"),
        ("3", "body.body"),
        ('"B"', "body.body"),
        ("{}", "body.body.name"),
        ('{"name": null}', "body.body.name"),
        ('{"name": 3}', "body.body.name"),
        ('{"name": ["B"]}', "body.body.name"),
        ('{"name": {"name": "B"}}', "body.body.name"),
        (json.dumps({"name": "x" * 1001}), "body.body.name"),
        ('{"name": "B", "is_operator": true}', "body.body.is_operator"),
    ],
)
def test_json_that_does_not_fit_is_named_field_by_field(body: str, field: str, village: Village) -> None:
    said = assert_problem(program_of(village.ben).send("PATCH", "/me", body), 422, "does-not-fit")
    assert [each["field"] for each in said["errors"]] == [field.replace("body.body", "body")]


@pytest.mark.parametrize("name", ["", " ", "\u200b", "x" * 81, "a\tb\u0007"])
def test_what_a_verb_refuses_has_its_own_code(name: str, village: Village) -> None:
    answer = program_of(village.ben).send("PATCH", "/me", json.dumps({"name": name}))
    assert answer.status_code == 422
    assert answer.json()["code"].startswith("line-")


def test_a_body_beyond_a_megabyte_is_not_read(village: Village) -> None:
    body = json.dumps({"name": "x" * 1_000_000})
    assert_problem(program_of(village.ben).send("PATCH", "/me", body), 413, "body-too-large")


@pytest.mark.parametrize("query", ["x=1", "limit=1&limit=2", "cursor=", "Limit=1", "circle=%00", "limit[]=1"])
def test_a_filter_that_there_is_not_is_not_passed_over(query: str, village: Village) -> None:
    answer = program_of(village.ben).get(f"/members?{query}")
    if query == "cursor=":
        assert answer.status_code == 200
    else:
        assert_problem(answer, 422, "does-not-fit")


def test_who_may_not_learns_nothing_of_what_does_not_fit(village: Village) -> None:
    assert Program().get("/members?x=1").status_code == 401
    assert program_of(village.dov).get("/members?x=1").status_code == 403


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (RuntimeError(SECRET_INSIDE), 500, "something-broke"),
        (OperationalError("database is locked"), 503, "database-is-busy"),
        (OperationalError("disk i/o error"), 507, "disk-will-not-write"),
        (TypeError("f() missing 1 required positional argument"), 500, "something-broke"),
    ],
)
def test_what_breaks_inside_stays_inside(
    error: Exception, status: int, code: str, village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise error

    monkeypatch.setattr(reads, "members", broken)
    answer = program_of(village.ben).get("/members")
    said = assert_problem(answer, status, code)
    assert SECRET_INSIDE not in str(said)
    assert "Traceback" not in answer.text
    assert ("Retry-After" in answer.headers) is (status == 503)


def test_a_gate_that_breaks_answers_in_the_same_shape(
    village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError(SECRET_INSIDE)

    program = program_of(village.ben)
    monkeypatch.setattr("porch.web.api.gate.find_token", broken)
    assert_problem(program.get("/me"), 500, "something-broke")


def test_no_answer_sets_a_cookie_or_is_kept(village: Village) -> None:
    program = program_of(village.ben)
    for path in ("/me", "/members", "/nothing", "/members?x=1"):
        answer = program.get(path)
        assert not answer.cookies
        assert "no-store" in answer.headers["Cache-Control"]


def test_a_name_that_is_not_ours_as_host_is_refused_in_json(village: Village) -> None:
    assert_problem(program_of(village.ben).get("/me", headers={"host": "evil.example"}), 400, "malformed")
