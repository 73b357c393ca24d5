"""The verbs of devices: a member has one told, tries it, and has it left in peace."""

from datetime import datetime
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from porch.community.membership.models import Member
from porch.engine.outbox.models import Delivery
from porch.kit.http.address import parse_address
from porch.kit.refusals import BadInput, Conflict, NotFound
from porch.kit.text import shorten
from porch.kit.webpush import decode
from porch.notices.push.models import Device
from porch.notices.push.putting import TEST, put

MOST_DEVICES, LONGEST_NAME, LONGEST_ENDPOINT = 20, 80, 1000


class NotADevice(BadInput):
    text = _("This browser did not say how it can be reached.")
    hint = _("Load the page again and try once more. Some browsers cannot do it in a private window.")


class TooManyDevices(Conflict):
    text = _("You have %(most)s devices here already.")
    hint = _("Remove one that you do not use any more.")


@transaction.atomic
def add_device(*, member_id: int, name: str, endpoint: str, p256dh: str, auth: str, at: datetime) -> Device:
    """Have a browser told of what is new for a member from now on. It is nobody else's any more.

    Raises ``NotADevice``, ``TooManyDevices`` and what is wrong with the address of its push service.
    """
    check_device(endpoint, p256dh, auth)
    Member.objects.select_for_update().get(pk=member_id)
    hashed = sha256(endpoint.encode()).hexdigest()
    others = Device.objects.filter(member=member_id).exclude(endpoint_hash=hashed)
    if others.count() >= MOST_DEVICES:
        raise TooManyDevices(most=MOST_DEVICES)
    seen = "".join(c for c in name if c.isprintable()).strip() or str(_("A browser"))
    device, _made = Device.objects.update_or_create(
        endpoint_hash=hashed,
        defaults={
            "member_id": member_id,
            "name": shorten(seen, LONGEST_NAME),
            "endpoint": endpoint,
            "p256dh": p256dh,
            "auth": auth,
            "made_at": at,
        },
    )
    return device


def check_device(endpoint: str, p256dh: str, auth: str) -> None:
    """Refuse what is no browser. Raises ``NotADevice``, and what is wrong with the address."""
    if len(endpoint) > LONGEST_ENDPOINT or parse_address(endpoint).scheme != "https":
        raise NotADevice
    try:
        EllipticCurvePublicKey.from_encoded_point(SECP256R1(), decode(p256dh[:100]))
        is_secret = len(decode(auth[:40])) == 16
    except ValueError:
        raise NotADevice from None
    if not is_secret or len(p256dh) > 100 or len(auth) > 40:
        raise NotADevice


@transaction.atomic
def remove_device(*, device_id: int, member_id: int) -> None:
    """Tell a device nothing any more. Raises ``NotFound`` for what is not theirs."""
    if not Device.objects.filter(pk=device_id, member=member_id).delete()[0]:
        raise NotFound


@transaction.atomic
def try_device(*, device_id: int, member_id: int, at: datetime) -> Delivery:
    """Send a device a message that says nothing but that messages arrive. Raises ``NotFound``."""
    device = Device.objects.filter(pk=device_id, member=member_id).first()
    if device is None:
        raise NotFound
    return put(device, kind=TEST, post_id=0, due_at=at, at=at)
