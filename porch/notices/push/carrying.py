"""Carry a message to a device: see whether it is still news, encrypt it, hand it to the push service, settle it."""

import json
from collections.abc import Callable
from datetime import datetime
from secrets import token_bytes

from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from porch.engine.outbox import actions as outbox
from porch.engine.outbox.actions import Outcome
from porch.engine.outbox.models import Delivery, DeliveryBody
from porch.engine.outbox.states import State
from porch.kit.http import NETWORK, NotFetched, Policy, fetch
from porch.kit.http.network import Network
from porch.kit.keys import derive_key
from porch.kit.webpush import Receiver, encrypt, key_from, name_of_sender
from porch.notices.choosing.hours import is_quiet
from porch.notices.choosing.reads import choice_of
from porch.notices.mailing.letters import what_happened
from porch.notices.push.models import Device
from porch.notices.push.putting import TEST
from porch.notices.waiting.models import Notice
from porch.notices.waiting.rules import waiting_for

POLICY = Policy(most_bytes=64_000, seconds=10.0, redirects=0, user_agent="Porch-Push")
GONE = (404, 410)
# How long a push service keeps a message for a device that is switched off, in seconds.
TIME_TO_LIVE = 12 * 3600


def carry_out(
    delivery_id: int, *, clock: Callable[[], datetime], policy: Policy = POLICY, network: Network = NETWORK
) -> State | None:
    """Try to tell one device once, if it still is to be told; say what became of it. Safe to call twice."""
    at = clock()
    attempt = outbox.take_up(delivery_id=delivery_id, at=at, object_to=lambda row: objection_to(row, at))
    if attempt is None:
        return None
    row = Delivery.objects.get(pk=delivery_id)
    device = device_of(row)
    if device is None:
        return None  # removed in this moment; the attempt is settled when it is looked over
    said = words_of(row, device)
    outcome = hand_over(device, said, at, policy, network) if said else Outcome(State.EXCLUDED, "not-news")
    state = outbox.settle(attempt=attempt, outcome=outcome, at=clock())
    if outcome.reason == "gone":
        Device.objects.filter(pk=device.pk).delete()
    return state


def hand_over(
    device: Device, said: dict[str, str], at: datetime, policy: Policy, network: Network
) -> Outcome:
    """Hand a message to the push service of a device; give how it ended."""
    sealed = encrypt(
        json.dumps(said).encode(),
        Receiver(device.p256dh, device.auth),
        key=generate_private_key(SECP256R1()),
        salt=token_bytes(16),
    )
    headers = {
        "Authorization": name_of_sender(device.endpoint, key=key_of_house(), contact=contact(), at=at),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(TIME_TO_LIVE),
        "Urgency": "normal",
    }
    try:
        answer = fetch(
            device.endpoint, method="POST", headers=headers, body=sealed, policy=policy, network=network
        )
    except NotFetched as refusal:
        return Outcome(State.FAILED, "not-reached", str(refusal), for_now=True)
    if 200 <= answer.status < 300:
        return Outcome(State.ACCEPTED, answer=str(answer.status))
    if answer.status in GONE:
        return Outcome(State.FAILED, "gone", str(answer.status))
    is_for_now = answer.status == 429 or answer.status >= 500
    return Outcome(State.FAILED, "refused", str(answer.status), for_now=is_for_now)


def objection_to(row: Delivery, at: datetime) -> str:
    """Give a word for why a device is told nothing: it is gone, it is quiet time, or it is no news any more."""
    device = device_of(row)
    if device is None:
        return "device-removed"
    if row.kind == TEST:
        return ""
    if is_quiet(choice_of(device.member_id), at):
        return "quiet-hours"
    return "" if notice_of(row, device) else "not-news"


def words_of(row: Delivery, device: Device) -> dict[str, str]:
    """Give what a device shows; nothing where it is no news any more. Of what is sensitive it tells no name."""
    if row.kind == TEST:
        return {
            "title": settings.PORCH_NAME,
            "body": _("It works."),
            "url": reverse("notices"),
            "tag": "test",
        }
    notice = notice_of(row, device)
    if notice is None:
        return {}
    topic = notice.post.topic
    return {
        "title": what_happened(notice),
        "body": "" if topic.space.is_sensitive else topic.title,
        "url": reverse("place", args=[topic.pk, notice.post.number]),
        # What is said later in the same topic takes the place of what was said before.
        "tag": f"topic-{topic.pk}",
    }


def notice_of(row: Delivery, device: Device) -> Notice | None:
    """Find the notice behind a message, if it waits for its member in this very moment."""
    body = DeliveryBody.objects.filter(delivery=row).first()
    post_id = json.loads(bytes(body.data))["post_id"] if body else 0
    waiting = waiting_for(device.member.person_id).filter(member=device.member_id, post=post_id)
    return waiting.select_related("post__topic__space", "post__author").first()


def device_of(row: Delivery) -> Device | None:
    """Find the device of a message, if it is still there and its member is."""
    device = Device.objects.select_related("member__person")
    found = device.filter(pk=int(row.batch.removeprefix("push:")), member__person__is_active=True)
    return found.filter(member__left_at__isnull=True).first()


def key_of_house() -> EllipticCurvePrivateKey:
    """Give the key by which push services know this house."""
    return key_from(derive_key("web push"))


def contact() -> str:
    """Say how whoever runs a push service reaches who runs this house."""
    is_open = settings.PORCH_URL.startswith("https://")
    return settings.PORCH_URL if is_open else f"mailto:{settings.PORCH_MAIL_SENDER.address}"
