"""What a token may ask for in a minute, to the request and to the second."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.db import connection

from porch.people.sign_in.limits import Rate
from porch.people.sign_in.models import Tally
from porch.web.api import gate
from tests.village import NOON, Village
from tests.web.api.callers import Program, program_of, service_token, token_of

MINUTE = timedelta(minutes=1)


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "API_READS", Rate("reads, for a test", 5, MINUTE))
    monkeypatch.setattr(gate, "API_WRITES", Rate("writes, for a test", 2, MINUTE))


def at(moment: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "now", lambda: moment)


def test_the_rates_are_what_the_documents_say() -> None:
    assert (gate.API_READS.most, gate.API_READS.per) == (600, MINUTE)
    assert (gate.API_WRITES.most, gate.API_WRITES.per) == (60, MINUTE)


def test_the_one_too_many_is_told_when_to_come_again(
    few: None, village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = Program(token_of(village.ben, at=NOON).secret)
    at(NOON, monkeypatch)
    left = [program.get("/token").headers["RateLimit-Remaining"] for _ in range(5)]
    assert left == ["4", "3", "2", "1", "0"]
    at(NOON + timedelta(seconds=20), monkeypatch)
    answer = program.get("/token")
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "40"
    assert answer.json()["code"] == "too-many-requests"
    assert "40 s" in answer.json()["detail"]


def test_after_a_minute_it_goes_on_to_the_second(
    few: None, village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = Program(token_of(village.ben, at=NOON).secret)
    at(NOON, monkeypatch)
    for _ in range(5):
        program.get("/token")
    at(NOON + MINUTE - timedelta(microseconds=1), monkeypatch)
    assert program.get("/token").status_code == 429
    at(NOON + MINUTE, monkeypatch)
    answer = program.get("/token")
    assert answer.status_code == 200
    assert (answer.headers["RateLimit-Limit"], answer.headers["RateLimit-Remaining"]) == ("5", "4")
    assert answer.headers["RateLimit-Reset"] == "60"


def test_a_clock_set_back_shuts_nobody_out_for_long(
    few: None, village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = Program(token_of(village.ben, at=NOON - timedelta(days=30)).secret)
    at(NOON, monkeypatch)
    for _ in range(6):
        program.get("/token")
    at(NOON - timedelta(days=10), monkeypatch)
    assert program.get("/token").status_code == 200


def test_reads_writes_and_tokens_are_counted_apart(few: None, village: Village) -> None:
    made = token_of(village.ben)
    program = Program(made.secret)
    rename = ("PATCH", "/me", '{"name": "B"}')
    assert [program.send(*rename).status_code for _ in range(3)] == [200, 200, 429]
    assert [program.get("/token").status_code for _ in range(6)] == [200] * 5 + [429]
    assert Program(token_of(village.ben).secret).get("/token").status_code == 200


def test_what_is_costly_counts_as_a_write(few: None, village: Village) -> None:
    program = program_of(village.ben)
    assert [program.get("/me/holdings").status_code for _ in range(3)] == [200, 200, 429]
    assert program.get("/me").status_code == 200


def test_what_is_refused_after_the_count_counts(few: None, village: Village) -> None:
    program = program_of(village.dov)
    assert [program.get("/members").status_code for _ in range(6)] == [403] * 5 + [429]


def test_whoever_is_refused_writes_nothing(few: None, village: Village) -> None:
    program = program_of(village.ben)
    for _ in range(5):
        program.get("/token")
    before = list(Tally.objects.values_list())
    assert program.get("/token").status_code == 429
    assert list(Tally.objects.values_list()) == before


@pytest.mark.django_db(transaction=True)
def test_many_at_once_are_counted_as_many(few: None, village: Village) -> None:
    secret = service_token(village.ada).secret

    def ask(_n: int) -> int:
        try:
            return Program(secret).get("/token").status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        got = list(pool.map(ask, range(12)))
    assert sorted(got) == [200] * 5 + [429] * 7
