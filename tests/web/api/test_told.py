"""Devices, announcements to all, and webhooks by the API: the same verbs as on the pages, for the same people."""

import json
from typing import Any

import pytest

from porch.engine.audit.models import AuditEntry
from porch.engine.webhooks.models import Endpoint
from porch.engine.webhooks.signing import secret_of
from porch.kit.time import now
from porch.notices.broadcasts.models import Broadcast
from porch.notices.push.models import Device
from porch.people.identity.operators import appoint_operator
from porch.people.tokens.scopes import offered_to
from tests.conversation.talk import kitchen, space_for, topic_in
from tests.village import Village, add_steward, browser
from tests.web.api.callers import Program, program_of
from tests.web.api.told_operations import DEVICE, HOOK, told_filling


def send(program: Program, method: str, path: str, body: str = "", status: int = 200) -> Any:
    answer = program.send(method, path, body)
    assert answer.status_code == status, answer.text
    return answer.json() if answer.content else None


def test_a_webhook_from_its_making_to_its_end(village: Village) -> None:
    program = program_of(village.ada)
    made = send(program, "POST", "/webhooks", HOOK)
    assert (made["kinds"], made["is_on"]) == (["post.written", "topic.begun"], True)
    path = f"/webhooks/{made['id']}"
    first = send(program, "POST", f"{path}/secret")
    assert first == {"secret": secret_of(Endpoint.objects.get()), "old_until": None}
    second = send(program, "PUT", f"{path}/secret")
    assert second["secret"] == secret_of(Endpoint.objects.get()) != first["secret"]
    assert second["old_until"] is not None
    changed = send(program, "PATCH", path, '{"kinds": ["post.edited"]}')
    assert changed == {**made, "kinds": ["post.edited"]}
    tried = send(program, "POST", f"{path}/tests")
    assert [each["id"] for each in program.get(f"{path}/messages").json()["items"]] == [tried["id"]]
    assert send(program, "PUT", f"{path}/switch", '{"is_on": false}')["is_on"] is False
    assert first["secret"] not in program.get("/webhooks").text + program.get(path).text
    send(program, "DELETE", path, status=204)
    send(program, "GET", path, status=404)
    acts = AuditEntry.objects.filter(act__startswith="webhook").values_list("act", flat=True)
    assert len(acts) == 8, "each is in the audit, both readings of the secret too"


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"url": "http://hooks.example.org/"}, 422),
        ({"kinds": ["direct.written"]}, 422),
        ({"kinds": ["PostWritten"]}, 422),
        ({"kinds": []}, 422),
        ({"name": ""}, 422),
    ],
)
def test_what_the_page_refuses_is_refused(village: Village, change: dict[str, object], status: int) -> None:
    body = {**json.loads(HOOK), **change}
    send(program_of(village.ada), "POST", "/webhooks", json.dumps(body), status=status)
    assert not Endpoint.objects.exists()


def test_webhooks_are_for_operators_whatever_rights_somebody_has(village: Village) -> None:
    sol = add_steward()
    assert send(program_of(sol), "GET", "/webhooks", status=403)["code"] == "operators-only"
    assert "webhooks:read" not in {each.name for each in offered_to(sol.pk)}
    appoint_operator(person=village.dov, by=village.ada, at=now())
    assert "webhooks:read" in {each.name for each in offered_to(village.dov.pk)}
    assert program_of(village.dov).get("/webhooks").json()["items"] == []
    assert browser(village.dov).get("/desk/webhooks/").status_code == 200


def test_a_device_is_told_and_left_in_peace_and_how_it_is_reached_is_not_told(village: Village) -> None:
    program = program_of(village.ben)
    made = send(program, "POST", "/me/devices", DEVICE)
    answer = program.get("/me/devices")
    assert answer.json()["items"] == [made]
    assert "push.example.org" not in answer.text
    assert answer.json()["key"]
    other = program_of(village.ada)
    assert other.get("/me/devices").json()["items"] == []
    send(other, "DELETE", f"/me/devices/{made['id']}", status=404)
    send(program, "POST", f"/me/devices/{made['id']}/tests", status=204)
    send(program, "DELETE", f"/me/devices/{made['id']}", status=204)
    assert not Device.objects.exists()


@pytest.mark.parametrize(
    "change",
    [{"endpoint": "http://push.example.org/"}, {"p256dh": "AAAA"}, {"auth": "AAAA"}, {"auth": "\u20ac"}],
)
def test_what_is_no_device_is_refused(village: Village, change: dict[str, str]) -> None:
    body = {**json.loads(DEVICE), **change}
    send(program_of(village.ben), "POST", "/me/devices", json.dumps(body), status=422)


def test_an_announcement_goes_to_all_once(village: Village) -> None:
    there = told_filling()
    path = f"/topics/{there['announced']}/broadcast"
    first = send(program_of(village.ada), "PUT", path)
    assert send(program_of(village.ada), "PUT", path) == first
    assert Broadcast.objects.count() == 1
    assert send(program_of(village.ben), "PUT", path, status=403)["code"] == "not-yours-to-tend"


def test_nothing_else_goes_to_all_and_nothing_that_one_does_not_reach(village: Village) -> None:
    plain = topic_in(space_for(village.ada), village.ada)
    path = f"/topics/{plain.pk}/broadcast"
    assert send(program_of(village.ada), "PUT", path, status=409)["code"] == "not-an-announcement"
    hidden = topic_in(kitchen(village, village.ada), village.ada, kind="announcement")
    send(program_of(village.ben), "PUT", f"/topics/{hidden.pk}/broadcast", status=404)
    assert not Broadcast.objects.exists()
