"""Who comes in through the gate of the API: the whole cast, each kind of token, each scope."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from porch.community.away.actions import suspend_member
from porch.community.away.models import Suspension
from porch.community.membership.models import Member
from porch.kit.ids import new_token
from porch.kit.time import now
from porch.people.identity.operators import appoint_operator
from porch.people.sign_in import limits
from porch.people.sign_in.models import Tally
from porch.web.api.gate import Whom
from porch.web.api.schema import needs
from tests.village import NOON, Village, add_steward, browser
from tests.web.api.callers import EVERY_SCOPE, HOUSE_SCOPES, Program, program_of, service_token, token_of
from tests.web.api.operations import OPERATIONS, Call
from tests.web.api.talk_world import talk_filling
from tests.web.api.world import filling

ANY, PERSON, MEMBER, INSIDE = Whom.ANY, Whom.PERSON, Whom.MEMBER, Whom.INSIDE
# What verbs say to whoever has not the right.
BY_VERBS = ("not-your-post", "not-yours-to-tend")
REFUSED = (
    "members-only",
    "operators-only",
    "personal-token-only",
    "insufficient-scope",
    "needs-right",
    *BY_VERBS,
)
# Who of the cast may do what is for whom, with every scope there is.
MAY = {
    ANY: {"ada", "ben", "dov", "house"},
    PERSON: {"ada", "ben", "dov"},
    MEMBER: {"ada", "ben"},
    INSIDE: {"ada", "ben", "house"},
    Whom.OPERATOR: {"ada"},
}


def may(who: str, call: Call) -> bool:
    """Say whether one of the cast may do something; what needs a right is for ada, who has them all."""
    needed = needs()[call.id]
    has_right = who in ("ada", "house") or not (needed.right or needed.somewhere or call.by_right)
    return who in MAY[needed.whom] and has_right


def caller(who: str, village: Village, *wanted: str) -> Program:
    if who == "house":
        return Program(service_token(village.ada, wanted or HOUSE_SCOPES).secret)
    person = village.cast()[who]
    return program_of(person, *wanted) if person else Program()


@contextmanager
def undone() -> Iterator[None]:
    """Have what is done inside not have been done."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("call", OPERATIONS, ids=str)
def test_each_operation_for_the_whole_cast(call: Call, village: Village) -> None:
    ready = call.ready()
    for who in ("ada", "ben", "cleo", "dov", "house"):
        with undone():
            answer = ready.send(caller(who, village).client)
        if call.hers and who != "ada" and may(who, call):
            assert answer.status_code == 404, who
        elif may(who, call):
            assert answer.status_code in (200, 204), (who, answer.text)
        elif who == "cleo":
            assert answer.status_code == 401
            assert answer.headers["WWW-Authenticate"] == 'Bearer realm="Porch"'
        else:
            assert answer.status_code == 403, (who, answer.text)
            assert answer.json()["code"] in REFUSED, who


@pytest.mark.parametrize("call", OPERATIONS, ids=str)
def test_each_operation_wants_its_scope_and_no_other(call: Call, village: Village) -> None:
    scope = needs()[call.id].scope
    if scope is None:
        return
    assert call.ask(program_of(village.ada, scope.name)).status_code in (200, 204)
    others = [each for each in EVERY_SCOPE if each != scope.name]
    answer = call.ask(program_of(village.ada, *others))
    assert answer.status_code == 403
    assert answer.json()["code"] == "insufficient-scope"
    assert f'scope="{scope.name}"' in answer.headers["WWW-Authenticate"]


def test_every_operation_is_tried_here() -> None:
    assert {each.id for each in OPERATIONS} == needs().keys()


def test_a_cookie_opens_nothing(village: Village) -> None:
    for call in OPERATIONS:
        assert call.ask(Program(), client=browser(village.ada)).status_code == 401


def test_beside_a_token_a_cookie_does_not_count(village: Village) -> None:
    dov = token_of(village.dov).secret
    client = browser(village.ada)
    answer = client.get("/api/v1/me", headers={"authorization": f"Bearer {dov}"})
    assert answer.json()["id"] == village.dov.pk
    assert client.get("/api/v1/members", headers={"authorization": f"Bearer {dov}"}).status_code == 403
    assert not answer.cookies


def test_it_asks_for_no_form_of_ours_and_takes_no_form(village: Village) -> None:
    strict = Client(enforce_csrf_checks=True, headers={"host": "localhost:8000"})
    bearer = {
        "authorization": f"Bearer {token_of(village.ben).secret}",
        "origin": "https://elsewhere.example",
    }
    answer = strict.patch("/api/v1/me", '{"name": "B"}', "application/json", headers=bearer)
    assert answer.status_code == 200
    assert strict.patch("/api/v1/me", "name=B", "text/plain", headers=bearer).status_code == 415
    assert not [name for name in answer.headers if name.startswith("Access-Control")], (
        "no page elsewhere reads it"
    )


@pytest.mark.parametrize(
    "header",
    [
        "Bearer {guess}",
        "Bearer {secret}x",
        "Bearer {cut}",
        "Bearer {upper}",
        "Bearer {digest}",
        "Bearer {prefix}",
        "Bearer {secret},Bearer {secret}",
        "Bearer {secret} {secret}",
        "Bearer",
        "Bearer ",
        "Bearer \x00",
        "Bearer \xe9",
        "Bearer " + "x" * 8000,
        "Basic {secret}",
        "Token {secret}",
        "{secret}",
        "",
        " ",
    ],
)
def test_what_is_no_token_of_ours_opens_nothing(header: str, village: Village) -> None:
    made = token_of(village.ben)
    filled = header.format(
        secret=made.secret,
        guess="porch_p_" + new_token(),
        cut=made.secret[:-1],
        upper=made.secret.upper(),
        digest=made.token.digest,
        prefix=made.token.prefix,
    )
    answer = Program(authorization=filled).get("/me")
    assert answer.status_code == 401
    assert answer.json()["code"] in ("no-token", "token-does-not-work")


def test_the_scheme_has_no_case(village: Village) -> None:
    assert Program(authorization=f"bEARER {token_of(village.ben).secret}").get("/me").status_code == 200


@pytest.mark.parametrize("name", ["access_token", "token", "Access_Token", "api_key", "circle", "x"])
def test_a_token_in_an_address_is_refused_even_beside_one_that_works(name: str, village: Village) -> None:
    made = token_of(village.ben)
    for program in (Program(), Program(made.secret)):
        answer = program.get(f"/members?{name}={made.secret}")
        assert answer.status_code == 400
        assert answer.json()["code"] == "token-in-address"
        assert made.secret not in answer.text


def test_an_expired_token_is_out_and_says_nothing_more(village: Village) -> None:
    made = token_of(village.ben, at=now() - timedelta(days=1), days=1)
    expired, guessed = Program(made.secret).get("/me"), Program("porch_p_" + new_token()).get("/me")
    assert (expired.status_code, expired.content) == (guessed.status_code, guessed.content)


def test_who_left_a_second_ago_reaches_nothing_of_the_community(village: Village) -> None:
    program = program_of(village.ben)
    filling()
    talk_filling()
    assert program.get("/members").status_code == 200
    Member.objects.filter(person=village.ben).update(left_at=NOON)
    for call in OPERATIONS:
        if needs()[call.id].whom in (MEMBER, INSIDE):
            Tally.objects.all().delete()
            assert call.ask(program).status_code == 403
    assert program.get("/me").json()["membership"] is None
    assert program.get("/me/rights").json() == []


def test_a_person_s_token_follows_their_rights_at_each_request(village: Village) -> None:
    program = program_of(village.dov)
    assert program.get("/me").json()["is_operator"] is False
    appoint_operator(person=village.dov, by=village.ada, at=NOON)
    assert program.get("/me").json()["is_operator"] is True


def test_who_knocks_with_wrong_tokens_is_told_to_wait_and_others_are_not(
    village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "porch.web.api.gate.WRONG_TOKENS", limits.Rate("wrong, for a test", 3, limits.QUARTER)
    )
    wrong = Program("porch_p_" + new_token())
    assert [wrong.get("/me").status_code for _ in range(5)] == [401, 401, 401, 429, 429]
    assert int(wrong.get("/me").headers["Retry-After"]) in range(1, 901)
    assert wrong.get("/me", REMOTE_ADDR="192.0.2.7").status_code == 401
    assert program_of(village.ben).get("/me").status_code == 200, "whoever shares the place still comes in"


def test_nothing_that_is_kept_of_counting_names_a_token(village: Village) -> None:
    made = token_of(village.ben)
    Program(made.secret).get("/me")
    keys = list(Tally.objects.values_list("key", flat=True))
    assert keys
    assert made.token.digest not in keys


def test_nothing_is_said_of_a_scope_to_who_has_no_token() -> None:
    assert "scope" not in Program().get("/members").headers["WWW-Authenticate"]


def test_whom_the_house_is_for_is_said_by_its_own_address(village: Village) -> None:
    answer = program_of(village.ben).get("/nothing-here")
    assert answer.json()["type"].startswith(settings.PORCH_URL)


@pytest.mark.parametrize("path", ["/members", "/figures/members"])
def test_whose_suspension_has_ended_does_not_wait_for_the_round(path: str, village: Village) -> None:
    sol = add_steward()
    program = program_of(sol)
    member = Member.objects.get(person=sol)
    suspend_member(member=member, until=now() + timedelta(1), reason="Loud.", by=village.ada, at=NOON)
    assert program.get(path).status_code == 403
    Member.objects.filter(person=sol).update(suspended_until=now())
    Suspension.objects.update(until=now())
    assert program.get(path).status_code == 200
