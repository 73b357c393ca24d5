"""Invitations and requests in the API: for whom they are, and what of them is told to whom."""

import json
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from porch.community.circles.models import Circle
from porch.community.invites.models import Invite
from porch.community.membership.models import Member
from porch.community.requests.actions import ask_to_join
from porch.community.requests.models import JoinRequest, State, Vouch
from porch.community.roles.models import Role, RoleHolder, RoleRight
from porch.people.identity.models import Person
from tests.community.invites.hands import let_invite, link
from tests.community.requests.wishes import answers_to, ask_what, asked, make_circle, whole
from tests.village import NOON, Village, add_person, add_steward
from tests.web.api.callers import Program, program_of, service_token


def post(person: Person, path: str, body: object) -> Any:
    return program_of(person).send("POST", path, json.dumps(body))


def ids(person: Person, path: str) -> list[int]:
    return [each["id"] for each in program_of(person).get(path).json()["items"]]


def test_the_link_of_an_answer_leads_in_and_is_told_once(village: Village) -> None:
    answer = post(village.ada, "/invites", {"circle_id": whole(way_in="invite").pk, "uses": 2}).json()
    assert "/join/" in answer["link"]
    assert answer["state"] == "open"
    listed = program_of(village.ada).get("/invites").json()["items"]
    assert [each["id"] for each in listed] == [answer["id"]]
    assert answer["link"] not in json.dumps(listed)


def test_a_list_is_reported_on_line_by_line_from_the_first(village: Village) -> None:
    addresses = ["nobody", "joe@example.org", "joe@example.org", "ben@example.org"]
    answer = post(village.ada, "/invites/addresses", {"circle_id": whole().pk, "addresses": addresses}).json()
    assert answer["invited"] == 1
    assert [each["position"] for each in answer["refused"]] == [1, 3, 4]
    assert Invite.objects.get().address == "joe@example.org"


def test_beyond_the_number_for_a_day_it_says_when_to_go_on(village: Village, settings: Settings) -> None:
    settings.PORCH_INVITES_A_DAY = 1
    body = {"circle_id": whole().pk, "addresses": ["joe@example.org", "zoe@example.org"]}
    answer = post(village.ada, "/invites/addresses", body).json()
    assert (answer["invited"], answer["left"]) == (1, 1)
    assert answer["go_on_at"] is not None
    again = post(village.ada, "/invites/addresses", body)
    assert again.status_code == 429
    assert int(again.headers["Retry-After"]) > 86_000


@pytest.mark.parametrize("bad", ["a@example.org\nb@example.org", "x" * 301, 7, None])
def test_an_address_of_a_list_is_one_line(bad: object, village: Village) -> None:
    answer = post(village.ada, "/invites/addresses", {"circle_id": whole().pk, "addresses": [bad]})
    assert answer.status_code == 422
    assert not Invite.objects.exists()


def test_whoever_may_invite_into_one_circle_reaches_no_other(village: Village) -> None:
    bakers = make_circle("bakers", village.ben, is_hidden=True)
    let_invite(village.ben, bakers)
    there = link(village.ada)[0]
    assert post(village.ben, "/invites", {"circle_id": bakers.pk}).status_code == 200
    assert post(village.ben, "/invites", {"circle_id": whole().pk}).status_code == 404
    own = Invite.objects.get(circle=bakers).pk
    assert ids(village.ben, "/invites") == [own]
    assert program_of(village.ben).send("DELETE", f"/invites/{there.pk}").status_code == 404
    assert program_of(village.ben).send("DELETE", f"/invites/{own}").status_code == 204


def test_states_filter_the_list(village: Village) -> None:
    add_steward()
    first = post(village.ada, "/invites", {"circle_id": whole().pk}).json()["id"]
    second = post(village.ada, "/invites", {"circle_id": whole().pk}).json()["id"]
    program_of(village.ada).send("DELETE", f"/invites/{first}")
    assert ids(village.ada, "/invites?state=open") == [second]
    assert ids(village.ada, "/invites?state=revoked") == [first]
    assert program_of(village.ada).get("/invites?state=lost").status_code == 422


def test_answers_to_questions_are_for_those_who_decide_alone(village: Village) -> None:
    sol, circle = add_steward(), whole(vouches=1)
    ask_what(circle)
    eve = add_person("eve")
    wish = ask_to_join(person=eve, circle=circle, answers=answers_to(circle, "A secret."), at=NOON)
    for person in (village.ada, sol):
        assert program_of(person).get(f"/requests/{wish.pk}").json()["answers"][0]["text"] == "A secret."
    for path in ("/requests", f"/requests/{wish.pk}"):
        for program in (
            program_of(village.ben),
            program_of(village.dov),
            Program(service_token(village.ada).secret),
        ):
            answer = program.get(path)
            assert answer.status_code == 403
            assert "secret" not in answer.text


def test_who_decides_in_one_circle_sees_no_request_of_another(village: Village) -> None:
    bakers, other = make_circle("bakers", village.ben), make_circle("other")
    let_decide(village.ben, bakers)
    mine, theirs = asked(village.ada, bakers), asked(village.ada, other)
    assert ids(village.ben, "/requests") == [mine.pk]
    assert program_of(village.ben).get(f"/requests/{theirs.pk}").status_code == 404
    refused = post(village.ben, f"/requests/{theirs.pk}/decision", {"decision": "yes"})
    assert refused.status_code == 404
    assert (
        post(village.ben, f"/requests/{mine.pk}/decision", {"decision": "yes"}).json()["state"] == "admitted"
    )


def let_decide(person: Person, circle: Circle) -> None:
    role = Role.objects.create(circle=circle, name="Doorkeeper", made_at=NOON)
    RoleRight.objects.create(role=role, right="decide-requests")
    RoleHolder.objects.create(role=role, member=Member.objects.get(person=person), given_at=NOON)


def test_a_no_needs_a_reason_and_can_be_taken_back(village: Village) -> None:
    wish = asked(add_person("eve"), whole())
    path = f"/requests/{wish.pk}/decision"
    assert post(village.ada, path, {"decision": "no"}).json()["code"] == "reason-is-missing"
    assert post(village.ada, path, {"decision": "no", "reason": "Full."}).json()["state"] == "declined"
    assert post(village.ada, path, {"decision": "reopen"}).json()["state"] == "asked"
    assert post(village.ada, path, {"decision": "maybe"}).status_code == 422


def test_a_member_vouches_once_and_takes_it_back(village: Village) -> None:
    wish = asked(add_person("eve"), whole(vouches=2))
    path = f"/requests/{wish.pk}/vouch"
    assert post(village.ben, path, {}).status_code == 204
    assert post(village.ben, path, {}).json()["code"] == "vouched-already"
    assert program_of(village.ben).send("DELETE", path).status_code == 204
    assert not Vouch.objects.standing().exists()
    assert JoinRequest.objects.get().state == State.ASKED


def test_at_a_hidden_circle_a_request_is_not_there_for_others(village: Village) -> None:
    secret = make_circle("secret", vouches=1)
    wish = asked(village.ada, secret)
    Circle.objects.filter(pk=secret.pk).update(is_hidden=True)
    hidden = post(village.ben, f"/requests/{wish.pk}/vouch", {})
    missing = post(village.ben, f"/requests/{wish.pk + 1}/vouch", {})
    assert (hidden.status_code, hidden.content) == (missing.status_code, missing.content)
    assert hidden.status_code == 404


@pytest.mark.parametrize("number", [0, 2**63 - 1, 2**63, 10**30])
def test_a_number_that_is_nobody_s_is_not_found(number: int, village: Village) -> None:
    for method, path in (("POST", "vouch"), ("DELETE", "vouch")):
        answer = program_of(village.ada).send(method, f"/requests/{number}/{path}", b"{}")
        assert answer.status_code in (404, 422)
