"""Circles, roles, tiers and removals in the API: the verbs decide, as they do for pages."""

import json
from datetime import timedelta
from typing import Any

import pytest

from porch.community.circles.models import Circle, CircleMember
from porch.community.membership.models import Member
from porch.community.membership.reads import is_member
from porch.community.payments.models import Payment
from porch.community.removal.models import Removal
from porch.community.roles.models import Role, RoleHolder
from porch.community.roles.reads import OWNER, STEWARD
from porch.engine.audit.models import AuditEntry
from porch.kit.time import now
from porch.people.identity.models import Person
from tests.community.requests.wishes import make_circle
from tests.community.tiers.gold import some_of_tiers
from tests.village import Village, add_steward
from tests.web.api.callers import Program, program_of, service_token
from tests.web.api.world import filling, who


def send(person: Person, method: str, path: str, body: object = None) -> Any:
    return program_of(person).send(method, path, json.dumps(body) if body is not None else None)


def member(person: Person) -> Member:
    return Member.objects.get(person=person)


def test_a_steward_makes_a_circle_and_a_member_does_not(village: Village) -> None:
    sol = add_steward()
    made = send(sol, "POST", "/circles", {"name": "Readers", "is_hidden": True}).json()
    assert made["slug"].startswith("readers-")
    assert (made["members"], made["is_hidden"]) == (1, True)
    other = send(sol, "POST", "/circles", {"name": "Cooks", "comes_in": False}).json()
    assert (other["slug"], other["members"]) == ("cooks", 0)
    assert send(village.ben, "POST", "/circles", {"name": "Mine"}).json()["code"] == "needs-right"
    assert Circle.objects.filter(is_whole=False).count() == 2


def test_a_change_leaves_what_is_not_sent(village: Village) -> None:
    circle = make_circle("readers", ceiling=7, vouches=2)
    path = f"/circles/{circle.pk}"
    said = send(village.ada, "PATCH", path, {"description": "We read."}).json()
    assert (said["description"], said["ceiling"], said["vouches"]) == ("We read.", 7, 2)
    assert send(village.ada, "PATCH", path, {"ceiling": None}).json()["ceiling"] is None
    assert send(village.ada, "PATCH", path, {"name": None}).status_code == 422


@pytest.mark.parametrize(
    ("method", "path"),
    [("PATCH", ""), ("POST", "/members"), ("DELETE", "/members/me")],
)
def test_a_hidden_circle_is_not_there_for_others(method: str, path: str, village: Village) -> None:
    hidden = make_circle("secret", is_hidden=True, way_in="open")
    body = {} if method == "PATCH" else None
    there = send(village.ben, method, f"/circles/{hidden.pk}{path}", body)
    nowhere = send(village.ben, method, f"/circles/{hidden.pk + 1}{path}", body)
    assert (there.status_code, there.content) == (nowhere.status_code, nowhere.content)
    assert there.status_code in (403, 404)
    assert not CircleMember.objects.exists()


@pytest.mark.parametrize(
    ("way_in", "outcome"), [("open", "in"), ("request", "needs a request"), ("invite", None)]
)
def test_joining_says_how_it_goes_on(way_in: str, outcome: str | None, village: Village) -> None:
    circle = make_circle("readers", way_in=way_in)
    answer = send(village.ben, "POST", f"/circles/{circle.pk}/members")
    assert answer.json().get("outcome") == outcome
    assert CircleMember.objects.filter(circle=circle).exists() is (outcome == "in")


def test_who_waits_is_told_with_which_request(village: Village) -> None:
    circle = make_circle("readers", way_in="open", ceiling=1)
    send(village.ada, "POST", f"/circles/{circle.pk}/members")
    said = send(village.ben, "POST", f"/circles/{circle.pk}/members").json()
    assert said["outcome"] == "waits for a seat"
    assert said["request_id"]


def test_one_leaves_once_and_never_the_whole(village: Village) -> None:
    circle = make_circle("readers", village.ben)
    assert send(village.ben, "DELETE", f"/circles/{circle.pk}/members/me").status_code == 204
    assert send(village.ben, "DELETE", f"/circles/{circle.pk}/members/me").status_code == 404
    whole = Circle.objects.get(is_whole=True).pk
    assert send(village.ben, "DELETE", f"/circles/{whole}/members/me").status_code == 409


def test_nobody_gives_more_than_they_have_nor_takes_the_last_owner(village: Village) -> None:
    sol = add_steward()
    owner, steward = (Role.objects.get(key=key, circle__is_whole=True).pk for key in (OWNER, STEWARD))
    ben, ada = member(village.ben).pk, member(village.ada).pk
    assert send(sol, "POST", f"/roles/{owner}/holders/{ben}").status_code == 403
    assert send(village.ben, "POST", f"/roles/{steward}/holders/{ben}").status_code == 403
    assert send(village.ada, "POST", f"/roles/{steward}/holders/{ben}").status_code == 204
    assert send(village.ada, "DELETE", f"/roles/{owner}/holders/{ada}").json()["code"] == "last-owner"
    assert AuditEntry.objects.filter(about_id=village.ben.pk, by_id=village.ada.pk).exists()


def test_one_lays_down_a_role_of_one_s_own(village: Village) -> None:
    sol = add_steward()
    role = Role.objects.get(key=STEWARD, circle__is_whole=True).pk
    path = f"/roles/{role}/holders/{member(sol).pk}"
    assert send(village.ben, "DELETE", path).status_code == 403
    assert send(sol, "DELETE", path).status_code == 204
    assert send(village.ada, "DELETE", path).status_code == 404
    assert not RoleHolder.objects.filter(role=role).exists()


def test_giving_roles_wants_the_scope_that_says_so(village: Village) -> None:
    role = Role.objects.get(key=STEWARD, circle__is_whole=True).pk
    weak = program_of(village.ada, "circles:write", "roles:read")
    answer = weak.send("POST", f"/roles/{role}/holders/{member(village.ben).pk}")
    assert answer.json()["code"] == "insufficient-scope"


def test_members_see_their_own_tier_and_payments_and_no_others(village: Village) -> None:
    sol, some = add_steward(), some_of_tiers(village)
    ada = member(village.ada).pk
    for path in ("tier", "payments"):
        own = f"/members/{some['holder']}/{path}"
        assert program_of(village.ben).get(own).status_code == 200
        assert program_of(sol).get(own).status_code == 200
        assert program_of(village.ben).get(f"/members/{ada}/{path}").status_code == 403
        assert program_of(village.ben).get(f"/members/99999/{path}").status_code == 403, "nor who is there"
        assert Program(service_token(village.ada).secret).get(own).status_code == 403
    assert program_of(sol).get(f"/members/{ada}/tier").status_code == 404
    assert program_of(village.ben).get("/renewals").status_code == 403


def test_a_hidden_circle_of_a_tier_is_named_to_those_inside_alone(village: Village) -> None:
    there = filling()
    Circle.objects.filter(pk=there["club"]).update(is_hidden=True)
    for program in (program_of(village.ben), Program(service_token(village.ada).secret)):
        assert program.get("/tiers").json()["items"][0]["circles"] == []
    CircleMember.objects.create(circle_id=there["club"], member=member(village.ben), joined_at=now())
    assert program_of(village.ben).get("/tiers").json()["items"][0]["circles"] == [int(there["club"])]


def test_a_payment_renews_and_what_does_not_fit_is_not_kept(village: Village) -> None:
    there = filling()
    path, fits = f"/members/{there['fay']}/payments", {"currency": "USD", "received_on": there["today"]}
    before = Payment.objects.count()
    for wrong in ({"amount": 0}, {"amount": 2**62}, {"amount": 5, "received_on": "2027-13-01"}, {}):
        assert send(village.ada, "POST", path, fits | wrong).status_code == 422
    assert Payment.objects.count() == before
    paid = send(village.ada, "POST", path, fits | {"amount": 2500, "renews": True}).json()
    tier = program_of(village.ada).get(f"/members/{there['fay']}/tier").json()
    assert paid["renewed_to"] == tier["renews_on"]


def test_a_steward_removes_a_member_and_lifts_that(village: Village) -> None:
    sol, ben = add_steward(), member(village.ben).pk
    body = {"reason": "Noise", "message": "Too loud.", "appeal_to": "sol@example.org", "expires_at": None}
    own = send(village.ben, "POST", f"/members/{member(sol).pk}/removal", body)
    assert own.json()["code"] == "needs-right"
    made = send(sol, "POST", f"/members/{ben}/removal", body).json()
    assert made["stands"] is True
    assert not is_member(village.ben.pk)
    assert (
        send(sol, "POST", f"/members/{member(village.ada).pk}/removal", body).json()["code"]
        == "not-against-an-owner"
    )
    assert send(sol, "DELETE", f"/removals/{made['id']}").status_code == 204
    assert send(sol, "DELETE", f"/removals/{made['id']}").json()["code"] == "removal-is-over"
    assert [each["id"] for each in program_of(sol).get("/removals?state=lifted").json()["items"]] == [
        made["id"]
    ]


@pytest.mark.parametrize("until", ["2020-01-01T00:00:00Z", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00",
                                   "2030-01-01T00:00:00", "soon", 5e300])  # fmt: skip
def test_an_end_that_cannot_be_is_refused(until: object, village: Village) -> None:
    path = f"/members/{member(village.ben).pk}/suspension"
    assert send(village.ada, "POST", path, {"until": until, "reason": "Noise"}).status_code in (400, 422)
    assert is_member(village.ben.pk)


def test_whoever_is_suspended_reads_nothing_until_it_ends(village: Village) -> None:
    path, program = f"/members/{member(village.ben).pk}/suspension", program_of(village.ben)
    until = (now() + timedelta(days=3)).isoformat()
    assert send(village.ada, "POST", path, {"until": until, "reason": "Noise"}).status_code == 200
    assert program.get("/members").status_code == 403
    assert send(village.ada, "DELETE", path).status_code == 204
    assert program.get("/members").status_code == 200
    assert send(village.ada, "DELETE", path).json()["code"] == "not-suspended"


def test_what_a_token_does_stands_in_the_log_of_whom_it_is_about(village: Village) -> None:
    filling()
    fay = who("fay")
    body = {"reason": "Noise", "message": "Too loud.", "appeal_to": "ada@example.org", "expires_at": None}
    send(village.ada, "POST", f"/members/{fay.pk}/removal", body)
    assert Removal.objects.get(person=fay.person).by == village.ada
    assert AuditEntry.objects.filter(about_id=fay.person_id, by_id=village.ada.pk).exists()
