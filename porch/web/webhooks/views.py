"""Webhooks: which programs are told of what, their secrets, and what became of each message."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from porch.engine.outbox.reads import account, page_of
from porch.engine.outbox.states import MAY_BE_RETRIED
from porch.engine.webhooks.actions import (
    OLD_SECRET_LASTS,
    NothingToTell,
    change_endpoint,
    change_secret,
    delete_endpoint,
    make_endpoint,
    read_secret,
    send_again,
    send_test,
    switch_endpoint,
)
from porch.engine.webhooks.jobs import CARRIER
from porch.engine.webhooks.models import Endpoint
from porch.engine.webhooks.putting import batch_of
from porch.engine.webhooks.signing import type_of
from porch.kit.once import forget_told, go_and_tell, told
from porch.kit.refusals import NotFound, Refusal
from porch.kit.text import LineIsEmpty, LineIsNotPlain, LineIsTooLong, read_number
from porch.kit.time import now
from porch.people.doors import SignedInRequest, operators
from porch.web.webhooks.offered import KINDS, OFFERED


@operators
@require_safe
def show_webhooks(request: SignedInRequest) -> HttpResponse:
    """The programs that are told, and how each does."""
    shown = {"endpoints": Endpoint.objects.order_by("name", "pk"), "told": told(request)}
    return forget_told(request, render(request, "desk/webhooks/webhooks.html", shown))


@operators.recently
@require_http_methods(["GET", "HEAD", "POST"])
def add_webhook(request: SignedInRequest) -> HttpResponseBase:
    """Make a webhook, and lead to its page."""
    refusal = None
    if request.method == "POST":
        try:
            made = make_endpoint(**asked_for(request), by_id=request.user.pk, at=now())
            return go_and_tell("webhook", made.pk, word="webhook-made")
        except Refusal as no:
            refusal = no
    return form_page(request, None, refusal)


@operators.recently
@require_http_methods(["GET", "HEAD", "POST"])
def edit_webhook(request: SignedInRequest, endpoint: int) -> HttpResponseBase:
    """Change where a webhook goes and of what it tells."""
    found, refusal = find(endpoint), None
    if request.method == "POST":
        try:
            change_endpoint(endpoint_id=endpoint, **asked_for(request), by_id=request.user.pk, at=now())
            return go_and_tell("webhook", endpoint, word="webhook-changed")
        except Refusal as no:
            refusal = no
    return form_page(request, found, refusal)


@operators
@require_safe
def show_webhook(request: SignedInRequest, endpoint: int) -> HttpResponse:
    """One webhook, with its messages, the newest first."""
    found, before = find(endpoint), read_number(request.GET.get("before", ""))
    rows, older = page_of(before=before, carrier=CARRIER, batch=batch_of(found.pk))
    shown = {
        "endpoint": found,
        "kinds": [
            (type_of(name), text) for _g, kinds in OFFERED for name, text in kinds if name in found.kind_names
        ],
        "messages": rows,
        "may_retry": MAY_BE_RETRIED,
        "account": account(carrier=CARRIER, batch=batch_of(found.pk)),
        "older": "?" + urlencode({"before": older}) if older else None,
        "newer": "?" if before else None,
        "told": told(request),
    }
    return forget_told(request, render(request, "desk/webhooks/webhook.html", shown))


@operators.recently
@require_safe
def show_secret(request: SignedInRequest, endpoint: int) -> HttpResponse:
    """The secret of a webhook."""
    found = find(endpoint)
    shown = {
        "endpoint": found,
        "secret": read_secret(endpoint_id=found.pk, by_id=request.user.pk, at=now()),
        "hours": OLD_SECRET_LASTS.days * 24,
        "told": told(request),
    }
    page = forget_told(request, render(request, "desk/webhooks/secret.html", shown))
    page.headers["Cache-Control"] = "no-store"
    return page


@operators.recently
@require_POST
def add_secret(request: SignedInRequest, endpoint: int) -> HttpResponseBase:
    """Give a webhook another secret."""
    change_secret(endpoint_id=endpoint, by_id=request.user.pk, at=now())
    return go_and_tell("webhook-secret", endpoint, word="secret-changed")


@operators
@require_POST
def edit_switch(request: SignedInRequest, endpoint: int) -> HttpResponseBase:
    """Switch a webhook off, or on again."""
    is_on = request.POST.get("is") == "on"
    switch_endpoint(endpoint_id=endpoint, is_on=is_on, by_id=request.user.pk, at=now())
    return go_and_tell("webhook", endpoint, word="webhook-on" if is_on else "webhook-off")


@operators
@require_POST
def test_webhook(request: SignedInRequest, endpoint: int) -> HttpResponseBase:
    """Send a test message."""
    send_test(endpoint_id=endpoint, by_id=request.user.pk, at=now())
    return go_and_tell("webhook", endpoint, word="test-sent")


@operators
@require_POST
def retry_message(request: SignedInRequest, endpoint: int, number: int) -> HttpResponseBase:
    """Send a message again that failed."""
    send_again(endpoint_id=endpoint, delivery_id=number, by_id=request.user.pk, at=now())
    return go_and_tell("webhook", endpoint, word="sent-again")


@operators.recently
@require_POST
def remove_webhook(request: SignedInRequest, endpoint: int) -> HttpResponseBase:
    """Delete a webhook."""
    delete_endpoint(endpoint_id=endpoint, by_id=request.user.pk, at=now())
    return go_and_tell("webhooks", word="webhook-deleted")


def asked_for(request: SignedInRequest) -> dict[str, Any]:
    """Read what a form says of a webhook. Kinds that are not offered are left out."""
    kinds = [each for each in request.POST.getlist("kinds") if each in KINDS]
    return {"name": request.POST.get("name", ""), "url": request.POST.get("url", ""), "kinds": kinds}


def form_page(request: SignedInRequest, endpoint: Endpoint | None, refusal: Refusal | None) -> HttpResponse:
    """Show the form of a webhook, new or as it is."""
    is_sent = request.method == "POST"
    there = endpoint.kind_names if endpoint else []
    shown = {
        "endpoint": endpoint,
        "given": {
            "name": request.POST.get("name", endpoint.name if endpoint else ""),
            "url": request.POST.get("url", endpoint.url if endpoint else ""),
        },
        "chosen": set(request.POST.getlist("kinds")) if is_sent else set(there),
        "offered": [
            (group, [(name, type_of(name), text) for name, text in kinds]) for group, kinds in OFFERED
        ],
        "refusal": refusal,
        "at_field": field_at_fault(refusal),
        "back": reverse("webhook", args=[endpoint.pk]) if endpoint else reverse("webhooks"),
    }
    return render(request, "desk/webhooks/form.html", shown, status=refusal.status if refusal else 200)


def field_at_fault(refusal: Refusal | None) -> str | None:
    """Name the field that a refusal is about."""
    if refusal is None or isinstance(refusal, NothingToTell):
        return None
    return "name" if isinstance(refusal, LineIsEmpty | LineIsTooLong | LineIsNotPlain) else "url"


def find(endpoint_id: int) -> Endpoint:
    """Find a webhook. Raises ``NotFound``."""
    found = Endpoint.objects.filter(pk=endpoint_id).first()
    if found is None:
        raise NotFound
    return found
