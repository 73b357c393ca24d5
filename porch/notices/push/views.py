"""The page of one's devices: which are told of what is new, and one more."""

from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from porch.community.membership.rules import members
from porch.kit.once import forget_told, go_and_tell, told
from porch.kit.refusals import Refusal
from porch.kit.time import now
from porch.kit.webpush import encode, point_of
from porch.notices.pages.views import member_of
from porch.notices.push.actions import add_device, remove_device, try_device
from porch.notices.push.carrying import key_of_house
from porch.notices.push.models import Device
from porch.people.doors import SignedInRequest


@members
@require_http_methods(["GET", "HEAD", "POST"])
def show_devices(request: SignedInRequest) -> HttpResponseBase:
    """The devices that are told; a POST adds the browser that sends it."""
    refusal = None
    if request.method == "POST":
        said = {name: request.POST.get(name, "") for name in ("name", "endpoint", "p256dh", "auth")}
        try:
            add_device(member_id=member_of(request), **said, at=now())
            return go_and_tell("notice-devices", word="device-added")
        except Refusal as no:
            refusal = no
    shown = {
        "devices": Device.objects.filter(member=member_of(request)).order_by("pk"),
        "key": encode(point_of(key_of_house())),
        "refusal": refusal,
        "told": told(request),
    }
    status = refusal.status if refusal else 200
    return forget_told(request, render(request, "notices/push/devices.html", shown, status=status))


@members
@require_POST
def remove(request: SignedInRequest, device: int) -> HttpResponseBase:
    """Tell a device nothing any more."""
    remove_device(device_id=device, member_id=member_of(request))
    return go_and_tell("notice-devices", word="device-removed")


@members
@require_POST
def send_test(request: SignedInRequest, device: int) -> HttpResponseBase:
    """Send a device a test."""
    try_device(device_id=device, member_id=member_of(request), at=now())
    return go_and_tell("notice-devices", word="device-tried")
