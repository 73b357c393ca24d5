"""Operations around devices, announcements and webhooks, each once, and what they are asked about."""

from base64 import urlsafe_b64encode
from collections.abc import Collection
from functools import partial

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from porch.community.membership.models import Member
from porch.conversation.topics.models import Topic
from porch.engine.outbox.models import Delivery
from porch.engine.outbox.states import State
from porch.engine.webhooks.actions import make_endpoint, send_test
from porch.engine.webhooks.models import Endpoint
from porch.engine.webhooks.putting import batch_of
from porch.notices.push.actions import add_device
from porch.notices.push.models import Device
from porch.people.identity.models import Person
from tests.conversation.talk import space_for, topic_in
from tests.village import NOON
from tests.web.api.calls import Call

POINT = generate_private_key(SECP256R1()).public_key()
KEY = (
    urlsafe_b64encode(POINT.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)).decode().rstrip("=")
)
SECRET = urlsafe_b64encode(bytes(16)).decode().rstrip("=")
DEVICE = (
    f'{{"name": "Phone", "endpoint": "https://push.example.org/2", "p256dh": "{KEY}", "auth": "{SECRET}"}}'
)
HOOK = '{"name": "Bot", "url": "https://hooks.example.org/bot", "kinds": ["post.written", "topic.begun"]}'


def told_filling(names: Collection[str] = ()) -> dict[str, str]:
    """Give an announcement, a device of ada's, and a webhook with a message that failed."""
    ada = Person.objects.get(operator__isnull=False)
    if not (Endpoint.objects.exists() and Device.objects.exists()):
        more_told(Endpoint.objects.count())
    hook = Endpoint.objects.earliest("pk")
    return {
        "announced": str(Topic.objects.filter(kind="announcement", author=ada).earliest("pk").pk),
        "device": str(Device.objects.filter(member__person=ada).earliest("pk").pk),
        "hook": str(hook.pk),
        "failed": str(Delivery.objects.filter(batch=batch_of(hook.pk)).earliest("pk").pk),
    }


def more_told(n: int) -> None:
    """Make one more of everything that is listed; each webhook has one message more."""
    ada = Person.objects.get(operator__isnull=False)
    topic_in(space_for(ada, f"News {n}"), ada, f"Hear {n}", kind="announcement")
    member_id = Member.objects.get(person=ada).pk
    where = f"https://push.example.org/ada{n}"
    add_device(member_id=member_id, name=f"Laptop {n}", endpoint=where, p256dh=KEY, auth=SECRET, at=NOON)
    url = f"https://hooks.example.org/{n}"
    make_endpoint(name=f"Site {n}", url=url, kinds=["PostWritten"], by_id=ada.pk, at=NOON)
    for each in Endpoint.objects.all():
        row = send_test(endpoint_id=each.pk, by_id=ada.pk, at=NOON)
        Delivery.objects.filter(pk=row.pk).update(state=State.FAILED, reason="refused", next_try_at=None)


Told = partial(Call, world=told_filling)

TOLD = (
    Told("list_devices", "GET", "/me/devices"),
    Told("add_this_device", "POST", "/me/devices", DEVICE),
    Told("remove_this_device", "DELETE", "/me/devices/{device}", hers=True),
    Told("try_this_device", "POST", "/me/devices/{device}/tests", hers=True),
    Told("send_to_all", "PUT", "/topics/{announced}/broadcast", by_right=True),
    Told("list_webhooks", "GET", "/webhooks"),
    Told("make_this_webhook", "POST", "/webhooks", HOOK),
    Told("show_this_webhook", "GET", "/webhooks/{hook}"),
    Told("change_this_webhook", "PATCH", "/webhooks/{hook}", '{"name": "House"}'),
    Told("delete_this_webhook", "DELETE", "/webhooks/{hook}"),
    Told("switch_this_webhook", "PUT", "/webhooks/{hook}/switch", '{"is_on": false}'),
    Told("read_this_secret", "POST", "/webhooks/{hook}/secret"),
    Told("change_this_secret", "PUT", "/webhooks/{hook}/secret"),
    Told("try_this_webhook", "POST", "/webhooks/{hook}/tests"),
    Told("list_messages", "GET", "/webhooks/{hook}/messages"),
    Told("send_message_again", "POST", "/webhooks/{hook}/messages/{failed}/attempts"),
)
