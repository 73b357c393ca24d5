"""Devices that are told of what is new, and announcements that go to all."""

from typing import Any

from ninja import Router

from porch.kit.webpush import encode, point_of
from porch.notices.broadcasts.actions import broadcast_topic
from porch.notices.push.actions import add_device, remove_device, try_device
from porch.notices.push.carrying import key_of_house
from porch.notices.push.models import Device
from porch.web.api.gate import ApiRequest, Needs, Whom
from porch.web.api_talk.leave import require_topic
from porch.web.api_talk.scopes import TALK_TEND
from porch.web.api_told.notices import member_of
from porch.web.api_told.scopes import NOTICES_READ, NOTICES_WRITE
from porch.web.api_told.shapes import BroadcastOut, DeviceIn, DeviceOut, DevicesOut

router = Router(tags=["Notices"])


@router.get(
    "/me/devices",
    auth=Needs(NOTICES_READ, Whom.MEMBER),
    response=DevicesOut,
    summary="List my devices",
    url_name="api-my-devices",
)
def list_devices(request: ApiRequest) -> dict[str, object]:
    """Which of my devices are told of what is new, twenty at most, and the key by which push services know us."""
    found = Device.objects.filter(member=member_of(request)).order_by("pk")
    return {"items": [as_device(each) for each in found], "key": encode(point_of(key_of_house()))}


@router.post(
    "/me/devices",
    auth=Needs(NOTICES_WRITE, Whom.MEMBER),
    response=DeviceOut,
    summary="Add a device of mine",
    url_name="api-my-devices",
)
def add_this_device(request: ApiRequest, body: DeviceIn) -> dict[str, object]:
    """Have a browser or a program told from now on, by what its push subscription (RFC 8030) says."""
    return as_device(add_device(member_id=member_of(request), **body.dict(), at=request.auth.at))


@router.delete(
    "/me/devices/{int:device}",
    auth=Needs(NOTICES_WRITE, Whom.MEMBER),
    response={204: None},
    summary="Remove a device of mine",
    url_name="api-my-device",
)
def remove_this_device(request: ApiRequest, device: int) -> None:
    """Tell a device nothing any more."""
    remove_device(device_id=device, member_id=member_of(request))


@router.post(
    "/me/devices/{int:device}/tests",
    auth=Needs(NOTICES_WRITE, Whom.MEMBER),
    response={204: None},
    summary="Try a device of mine",
    url_name="api-my-device-tests",
)
def try_this_device(request: ApiRequest, device: int) -> None:
    """Send a device a message that says nothing but that messages arrive."""
    try_device(device_id=device, member_id=member_of(request), at=request.auth.at)


@router.put(
    "/topics/{int:topic}/broadcast",
    auth=Needs(TALK_TEND, Whom.MEMBER),
    response=BroadcastOut,
    summary="Send an announcement to all",
    url_name="api-topic-broadcast",
)
def send_to_all(request: ApiRequest, topic: int) -> dict[str, object]:
    """Send an announcement that I look after to all who reach it, by mail too where they want that. It is done once."""
    require_topic(request, topic)
    sent = broadcast_topic(topic_id=topic, by=request.auth.someone, at=request.auth.at)
    return {"topic_id": sent.topic_id, "at": sent.at}


def as_device(device: Device) -> dict[str, Any]:
    """Say of a device what its page shows; not how it is reached."""
    return {"id": device.pk, "name": device.name, "made_at": device.made_at}
