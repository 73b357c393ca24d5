"""Devices are told what is for their member by name: if it is still news, in words that only they can read."""

import json
from datetime import datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDH,
    SECP256R1,
    EllipticCurvePublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from porch.conversation.posts.changing import delete_post
from porch.conversation.posts.models import Post
from porch.conversation.reading.actions import mark_read
from porch.engine.facts.pull import pull
from porch.engine.outbox.models import Delivery
from porch.engine.outbox.states import State
from porch.kit.http import AddressNotAllowed, MalformedAddress
from porch.kit.refusals import NotFound
from porch.kit.webpush import decode, encode, point_of, stretch
from porch.notices.choosing.models import Choice
from porch.notices.push.actions import (
    MOST_DEVICES,
    NotADevice,
    TooManyDevices,
    add_device,
    remove_device,
    try_device,
)
from porch.notices.push.carrying import carry_out
from porch.notices.push.jobs import KEPT, forget_some
from porch.notices.push.models import Device
from porch.notices.push.putting import TEST, WAITS, hear_to_push, put
from porch.people.identity.models import Person
from tests.community.profiles.asking import member_of
from tests.community.removal.test_remove_member import remove
from tests.conversation.talk import LATER, say, space_for, topic_in
from tests.kit.http.stage import Server, answer, policy, server
from tests.notices.telling import hear
from tests.village import NOON, Village, browser

pytestmark = pytest.mark.django_db
KEY, AUTH = generate_private_key(SECP256R1()), bytes(range(16))
ENDPOINT = "https://push.example.org/send/abc"
SOON = LATER + WAITS
TAKEN = answer(status="201 Created")


def device(person: Person, endpoint: str = ENDPOINT, at: str | None = None) -> Device:
    made = add_device(
        member_id=member_of(person).pk,
        name="Phone",
        endpoint=endpoint,
        p256dh=encode(point_of(KEY)),
        auth=encode(AUTH),
        at=NOON,
    )
    if at is not None:
        Device.objects.filter(pk=made.pk).update(endpoint=at)
    return made


def reply_to_ben(village: Village, **what: object) -> Post:
    """Have Ada reply to Ben, and have everyone hear of it whom it concerns."""
    topic = topic_in(space_for(village.ada, **what), village.ben)
    post = say(topic, village.ada, "A secret recipe", reply_to=1)
    hear()
    for fact in pull("community", most=10_000):
        if fact.kind == "NoticeMade":
            hear_to_push(fact)
    return post


def only() -> Delivery:
    return Delivery.objects.get(carrier="push")


def carry(at: Server, moment: datetime = SOON) -> State | None:
    return carry_out(only().pk, clock=lambda: moment, policy=policy(at, redirects=0))


def opened(body: bytes) -> dict[str, str]:
    """Read a message as the browser does to which it goes."""
    salt, length = body[:16], body[20]
    theirs, sealed = body[21 : 21 + length], body[21 + length :]
    shared = KEY.exchange(ECDH(), EllipticCurvePublicKey.from_encoded_point(SECP256R1(), theirs))
    first = stretch(shared, AUTH, b"WebPush: info\0" + point_of(KEY) + theirs, 32)
    key = stretch(first, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = stretch(first, salt, b"Content-Encoding: nonce\0", 12)
    said: dict[str, str] = json.loads(AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\2"))
    return said


def test_a_reply_is_told_to_the_device_of_whoever_was_answered(village: Village) -> None:
    with server(TAKEN) as service:
        device(village.ben, at=service.url("/send"))
        post = reply_to_ben(village)
        assert carry(service) == State.ACCEPTED
        sent = service.headers()
        said = opened(service.body())
    assert (sent["content-encoding"], sent["urgency"]) == ("aes128gcm", "normal")
    assert sent["authorization"].startswith("vapid t=")
    assert said == {
        "title": "Owner replied to you",
        "body": "Bread",
        "url": f"/inside/topics/{post.topic_id}/2/",
        "tag": f"topic-{post.topic_id}",
    }


def test_it_waits_for_those_who_read_it_meanwhile(village: Village) -> None:
    with server(TAKEN) as service:
        device(village.ben, at=service.url())
        reply_to_ben(village)
        assert carry(service, SOON - timedelta(seconds=1)) is None
        assert service.asked == []


@pytest.mark.parametrize("what", ["read", "deleted", "removed"])
def test_what_is_no_news_any_more_is_not_told(village: Village, what: str) -> None:
    with server(TAKEN) as service:
        device(village.ben, at=service.url())
        post = reply_to_ben(village)
        if what == "read":
            mark_read(topic_id=post.topic_id, member_id=member_of(village.ben).pk, number=2, at=LATER)
        elif what == "deleted":
            delete_post(post_id=post.pk, by=village.ada, at=LATER)
        else:
            remove(village.ben, village.ada, at=LATER)
        carry(service)
        assert service.asked == []
    assert only().state == State.EXCLUDED


def test_nothing_is_told_in_quiet_hours(village: Village) -> None:
    Choice.objects.create(member=member_of(village.ben), zone="UTC", quiet_from=12 * 60, quiet_to=14 * 60)
    with server(TAKEN) as service:
        device(village.ben, at=service.url())
        reply_to_ben(village)
        carry(service)
    assert (only().state, only().reason) == (State.EXCLUDED, "quiet-hours")


def test_of_a_sensitive_space_no_name_and_no_title_is_told(village: Village) -> None:
    with server(TAKEN) as service:
        device(village.ben, at=service.url())
        reply_to_ben(village, is_sensitive=True)
        carry(service)
        said = opened(service.body())
    assert (said["title"], said["body"]) == ("Somebody replied to you", "")


def test_the_push_service_cannot_read_along(village: Village) -> None:
    with server(TAKEN) as service:
        device(village.ben, at=service.url())
        reply_to_ben(village)
        carry(service)
        assert b"Bread" not in service.asked[0]
        assert b"Owner" not in service.asked[0]


@pytest.mark.parametrize(
    ("status", "state", "devices"),
    [("410 Gone", State.FAILED, 0), ("404 None", State.FAILED, 0), ("400 No", State.FAILED, 1),
     ("429 Slow", State.QUEUED, 1), ("503 Busy", State.QUEUED, 1), ("302 Else", State.FAILED, 1)],
)  # fmt: skip
def test_what_the_service_says_is_heard(village: Village, status: str, state: State, devices: int) -> None:
    with server(answer(status=status)) as service:
        device(village.ben, at=service.url())
        reply_to_ben(village)
        assert carry(service) == state
    assert Device.objects.count() == devices


def test_a_device_belongs_to_one_member_at_a_time(village: Village) -> None:
    device(village.ada)
    device(village.ben)
    assert Device.objects.get().member.person == village.ben


def test_a_device_of_others_is_neither_removed_nor_tried(village: Village) -> None:
    there, ada = device(village.ben), member_of(village.ada)
    with pytest.raises(NotFound):
        remove_device(device_id=there.pk, member_id=ada.pk)
    with pytest.raises(NotFound):
        try_device(device_id=there.pk, member_id=ada.pk, at=NOON)
    for who in (village.dov, None):
        assert browser(who).post(f"/account/notices/devices/{there.pk}/removal/").status_code in (403, 404)
    assert Device.objects.exists()


def test_a_test_says_that_it_works(village: Village) -> None:
    with server(TAKEN) as service:
        there = device(village.ben, at=service.url())
        try_device(device_id=there.pk, member_id=there.member_id, at=NOON)
        assert carry(service, NOON) == State.ACCEPTED
        assert opened(service.body())["tag"] == "test"


@pytest.mark.parametrize(
    ("what", "refusal"),
    [
        ({"endpoint": "http://push.example.org/"}, NotADevice),
        ({"endpoint": "https://10.0.0.1.example/x y"}, MalformedAddress),
        ({"endpoint": "https://localhost/"}, AddressNotAllowed),
        ({"endpoint": f"https://push.example.org/{'a' * 1000}"}, NotADevice),
        ({"p256dh": "AAAA"}, NotADevice),
        ({"p256dh": "ä"}, NotADevice),
        ({"auth": "AAAA"}, NotADevice),
        ({"auth": ""}, NotADevice),
    ],
)
def test_what_is_no_device_is_refused(
    village: Village, what: dict[str, str], refusal: type[Exception]
) -> None:
    said = {"name": "", "endpoint": ENDPOINT, "p256dh": encode(point_of(KEY)), "auth": encode(AUTH), **what}
    with pytest.raises(refusal):
        add_device(member_id=member_of(village.ben).pk, **said, at=NOON)


def test_nobody_has_devices_without_end(village: Village) -> None:
    for number in range(MOST_DEVICES):
        device(village.ben, f"{ENDPOINT}{number}")
    with pytest.raises(TooManyDevices):
        device(village.ben)
    device(village.ben, f"{ENDPOINT}0")


def test_the_page_takes_a_device_and_lists_it(village: Village) -> None:
    ben = browser(village.ben)
    said = {
        "name": "Firefox, Linux\u202e",
        "endpoint": ENDPOINT,
        "p256dh": encode(point_of(KEY)),
        "auth": encode(AUTH),
    }
    ben.post("/account/notices/devices/", said)
    page = ben.get("/account/notices/devices/").content.decode()
    assert "Firefox, Linux<" in page
    assert decode(page.partition('data-push="')[2].partition('"')[0])[0] == 4


def test_the_script_that_a_browser_keeps_is_there_for_the_whole_site() -> None:
    script = browser().get("/service-worker.js")
    assert script.headers["Content-Type"] == "text/javascript"
    assert script.headers["Cache-Control"] == "no-cache"
    assert b"showNotification" in script.content


@pytest.mark.parametrize(("age", "left"), [(KEPT - timedelta(seconds=1), 1), (KEPT, 0)])
def test_messages_are_kept_for_a_month(village: Village, age: timedelta, left: int) -> None:
    made = device(village.ben)
    row = put(made, kind=TEST, post_id=0, due_at=NOON, at=NOON)
    Delivery.objects.update(state=State.ACCEPTED)
    waiting = put(made, kind=TEST, post_id=0, due_at=NOON, at=NOON)
    forget_some(at=NOON + age)
    assert Delivery.objects.filter(pk=row.pk).count() == left
    assert Delivery.objects.filter(pk=waiting.pk).exists()


def test_mail_is_not_forgotten_with_them(village: Village) -> None:
    row = put(device(village.ben), kind=TEST, post_id=0, due_at=NOON, at=NOON)
    Delivery.objects.update(state=State.ACCEPTED, carrier="mail")
    forget_some(at=NOON + 2 * KEPT)
    assert Delivery.objects.filter(pk=row.pk).exists()


def test_the_notices_lead_to_the_devices(village: Village) -> None:
    assert (
        'href="/account/notices/devices/"' in browser(village.ben).get("/account/notices/").content.decode()
    )
