"""Other programs are told of facts: signed, in the outbox, as often as it takes, and never more than was asked for."""

import hmac
import json
from base64 import b64decode, b64encode
from datetime import datetime, timedelta
from hashlib import sha256

import pytest
from django.db import transaction

from porch.engine.facts.pull import Pulled, newest, pull
from porch.engine.outbox.models import Delivery
from porch.engine.outbox.states import State
from porch.engine.webhooks import putting
from porch.engine.webhooks.actions import (
    OLD_SECRET_LASTS,
    NothingToTell,
    NotSecure,
    change_endpoint,
    change_secret,
    delete_endpoint,
    make_endpoint,
    send_again,
    send_test,
    switch_endpoint,
)
from porch.engine.webhooks.carrying import FAILS_FOR, POLICY, carry_out
from porch.engine.webhooks.jobs import CARRIER, KEPT, forget_some
from porch.engine.webhooks.models import Endpoint
from porch.engine.webhooks.putting import hear
from porch.engine.webhooks.signing import secret_of, type_of
from porch.kit.http import AddressNotAllowed, MalformedAddress
from porch.kit.http.address import parse_address
from porch.kit.refusals import NotFound
from tests.conversation.talk import say, space_for, topic_in
from tests.kit.http.stage import Server, answer, policy, redirect, server
from tests.village import NOON, Village

pytestmark = pytest.mark.django_db
URL = "https://hooks.example.org/porch"
TAKEN = answer(b"thanks")


def endpoint(village: Village, url: str = URL, kinds: tuple[str, ...] = ("PostWritten",)) -> Endpoint:
    made = make_endpoint(name="Chat", url=URL, kinds=list(kinds), by_id=village.ada.pk, at=NOON)
    Endpoint.objects.filter(pk=made.pk).update(url=url)
    return made


def tell_all() -> None:
    for fact in pull("community", most=10_000):
        hear(fact)


def messages() -> list[Delivery]:
    return list(Delivery.objects.filter(carrier=CARRIER).order_by("pk"))


def carry(row: Delivery, at: Server | None = None, moment: datetime = NOON) -> State | None:
    allowed = policy(at, redirects=0) if at else POLICY
    return carry_out(row.pk, clock=lambda: moment, policy=allowed)


def test_a_post_is_told_with_numbers_only(village: Village) -> None:
    endpoint(village)
    post = say(
        topic_in(space_for(village.ada), village.ben, source="My secret is rye"), village.ben, "And wheat"
    )
    tell_all()
    (first, second) = messages()
    body = json.loads(bytes(second.body.data))
    assert body["type"] == "post.written"
    assert body["data"]["post_id"] == post.pk
    assert body["timestamp"] == "2026-03-02T13:00:00.000000Z"
    assert all(value is None or isinstance(value, int) for value in body["data"].values())
    assert first.message_id != second.message_id


def test_kinds_that_were_not_chosen_are_not_told(village: Village) -> None:
    endpoint(village, kinds=("TopicClosed",))
    topic_in(space_for(village.ada), village.ben)
    tell_all()
    assert messages() == []


def test_what_was_before_is_not_told(village: Village) -> None:
    topic_in(space_for(village.ada), village.ben)
    endpoint(village)
    tell_all()
    assert messages() == []


def test_what_may_not_leave_the_house_is_told_nobody(
    village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    endpoint(village)
    topic_in(space_for(village.ada), village.ben)
    monkeypatch.setattr(putting, "MAY_LEAVE", [lambda fact: fact.kind != "PostWritten"])
    tell_all()
    assert messages() == []


def test_a_message_is_signed_so_that_the_other_side_can_tell(village: Village) -> None:
    with server(TAKEN) as other:
        made = endpoint(village, other.url("/hook"))
        row = send_test(endpoint_id=made.pk, by_id=village.ada.pk, at=NOON)
        assert carry(row, other) == State.ACCEPTED
        sent, body = other.headers(), other.body()
    assert other.first_line() == "POST /hook HTTP/1.1"
    assert sent["webhook-id"] == row.message_id
    assert sent["content-type"] == "application/json"
    assert sent["webhook-timestamp"] == str(int(NOON.timestamp()))
    assert sent["webhook-signature"] == expected(secret_of(made), sent, body)
    assert json.loads(body)["type"] == "webhook.tested"


def test_for_a_day_both_secrets_sign(village: Village) -> None:
    with server(TAKEN) as other:
        made = endpoint(village, other.url())
        old = secret_of(made)
        new = secret_of(change_secret(endpoint_id=made.pk, by_id=village.ada.pk, at=NOON))
        assert new != old
        for number, moment in enumerate(
            (NOON + OLD_SECRET_LASTS - timedelta(seconds=1), NOON + OLD_SECRET_LASTS)
        ):
            row = send_test(endpoint_id=made.pk, by_id=village.ada.pk, at=NOON)
            carry(row, other, moment)
            sent, body = other.headers(number), other.body(number)
            both = [expected(secret, sent, body) for secret in (new, old)]
            assert sent["webhook-signature"].split(" ") == both[: 2 - number]


def expected(secret: str, sent: dict[str, str], body: bytes) -> str:
    key = b64decode(secret.removeprefix("whsec_"))
    signed = f"{sent['webhook-id']}.{sent['webhook-timestamp']}.".encode() + body
    return "v1," + b64encode(hmac.new(key, signed, sha256).digest()).decode()


@pytest.mark.parametrize(
    "script",
    [answer(b"busy", status="503 Later"), answer(status="400 No"), redirect("/else"), b"", b"HTTP/9 ?"],
)
def test_what_was_not_taken_waits_and_is_sent_again_under_the_same_id(
    village: Village, script: bytes
) -> None:
    with server(script, TAKEN) as other:
        made = endpoint(village, other.url())
        row = send_test(endpoint_id=made.pk, by_id=village.ada.pk, at=NOON)
        assert carry(row, other) == State.QUEUED
        assert carry(row, other, NOON + timedelta(seconds=59)) is None, "it waits a minute"
        assert carry(row, other, NOON + timedelta(minutes=1)) == State.ACCEPTED
        assert other.headers(0)["webhook-id"] == other.headers(1)["webhook-id"]
        assert Endpoint.objects.get().failing_since is None


def test_one_that_says_it_is_gone_is_switched_off(village: Village) -> None:
    with server(answer(status="410 Gone")) as other:
        made = endpoint(village, other.url())
        row = send_test(endpoint_id=made.pk, by_id=village.ada.pk, at=NOON)
        assert carry(row, other) == State.FAILED
    made.refresh_from_db()
    assert (made.off_at, made.off_because) == (NOON, "gone")


@pytest.mark.parametrize(("late", "is_off"), [(timedelta(seconds=-1), False), (timedelta(0), True)])
def test_one_at_which_everything_fails_for_days_is_switched_off(
    village: Village, late: timedelta, is_off: bool
) -> None:
    with server(answer(status="500 Broken")) as other:
        made = endpoint(village, other.url())
        for moment in (NOON, NOON + FAILS_FOR + late):
            carry(send_test(endpoint_id=made.pk, by_id=village.ada.pk, at=NOON), other, moment)
    made.refresh_from_db()
    assert (made.off_at is not None) is is_off


def test_what_waits_for_one_that_is_off_or_gone_is_left_out(village: Village) -> None:
    made = endpoint(village)
    first, second = (send_test(endpoint_id=made.pk, by_id=village.ada.pk, at=NOON) for _ in range(2))
    switch_endpoint(endpoint_id=made.pk, is_on=False, by_id=village.ada.pk, at=NOON)
    carry(first)
    delete_endpoint(endpoint_id=made.pk, by_id=village.ada.pk, at=NOON)
    carry(second)
    assert [(each.state, each.reason) for each in messages()] == [
        (State.EXCLUDED, "endpoint-off"),
        (State.EXCLUDED, "endpoint-deleted"),
    ]


def test_switched_on_again_it_hears_of_what_comes_from_then_on(village: Village) -> None:
    made, space = endpoint(village), space_for(village.ada)
    switch_endpoint(endpoint_id=made.pk, is_on=False, by_id=village.ada.pk, at=NOON)
    topic = topic_in(space, village.ben)
    switch_endpoint(endpoint_id=made.pk, is_on=True, by_id=village.ada.pk, at=NOON)
    said = say(topic, village.ben)
    tell_all()
    (row,) = messages()
    assert json.loads(bytes(row.body.data))["data"]["post_id"] == said.pk


def test_a_failed_message_is_sent_again_by_hand_and_no_other(village: Village) -> None:
    with server(answer(status="410 Gone"), TAKEN) as other:
        made, by = endpoint(village, other.url()), village.ada.pk
        row = send_test(endpoint_id=made.pk, by_id=by, at=NOON)
        carry(row, other)
        switch_endpoint(endpoint_id=made.pk, is_on=True, by_id=by, at=NOON)
        send_again(endpoint_id=made.pk, delivery_id=row.pk, by_id=by, at=NOON)
        assert carry(row, other) == State.ACCEPTED
        with pytest.raises(NotFound):
            send_again(endpoint_id=made.pk + 1, delivery_id=row.pk, by_id=by, at=NOON)


@pytest.mark.parametrize(
    ("url", "refusal"),
    [
        ("http://hooks.example.org/", NotSecure),
        ("ftp://hooks.example.org/", MalformedAddress),
        ("https://ben:secret@hooks.example.org/", MalformedAddress),
        ("https://localhost/", AddressNotAllowed),
        ("https://hooks.example.org/ a", MalformedAddress),
        ("", MalformedAddress),
    ],
)
def test_an_address_that_will_not_do_is_refused(village: Village, url: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        make_endpoint(name="Chat", url=url, kinds=["PostWritten"], by_id=village.ada.pk, at=NOON)
    assert not Endpoint.objects.exists()


@pytest.mark.parametrize("url", ["https://127.0.0.1/", "https://10.0.0.8/", "https://[::1]/"])
def test_a_machine_of_the_inner_network_is_never_asked(village: Village, url: str) -> None:
    made = endpoint(village, str(parse_address(url)))
    row = send_test(endpoint_id=made.pk, by_id=village.ada.pk, at=NOON)
    carry(row)
    (row,) = messages()
    assert (row.state, row.reason) == (State.QUEUED, "not-reached")


def test_one_that_tells_of_nothing_is_refused(village: Village) -> None:
    made = endpoint(village)
    with pytest.raises(NothingToTell):
        change_endpoint(endpoint_id=made.pk, name="Chat", url=URL, kinds=[], by_id=village.ada.pk, at=NOON)


def test_hearing_and_its_place_are_one(village: Village) -> None:
    """What a consumer wrote goes with its place: where that fails, no message stays behind."""
    endpoint(village)
    topic_in(space_for(village.ada), village.ben)
    with transaction.atomic():
        tell_all()
        transaction.set_rollback(True)
    assert messages() == []


@pytest.mark.parametrize(("age", "left"), [(KEPT - timedelta(seconds=1), 1), (KEPT, 0)])
def test_messages_are_kept_for_a_month(village: Village, age: timedelta, left: int) -> None:
    made = endpoint(village)
    row = send_test(endpoint_id=made.pk, by_id=village.ada.pk, at=NOON)
    Delivery.objects.update(state=State.ACCEPTED)
    waiting = send_test(endpoint_id=made.pk, by_id=village.ada.pk, at=NOON)
    forget_some(at=NOON + age)
    assert {each.pk for each in messages()} - {waiting.pk} == ({row.pk} if left else set())
    assert waiting in messages()


@pytest.mark.parametrize(
    ("kind", "type_"),
    [("PostWritten", "post.written"), ("OwnershipOfferWithdrawn", "ownership_offer.withdrawn")],
)
def test_types_of_events_are_named_after_facts(kind: str, type_: str) -> None:
    assert type_of(kind) == type_


def test_a_fact_of_a_kind_nobody_knows_changes_nothing(village: Village) -> None:
    endpoint(village)
    hear(Pulled(newest("community") + 1, "Unheard", 1, 0, {}))
    assert messages() == []
