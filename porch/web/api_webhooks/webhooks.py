"""Webhooks: whoever runs the server has programs told of what happens, as at the desk."""

from typing import Any

from django.http import HttpResponse
from ninja import Router

from porch.engine.outbox.models import Delivery
from porch.engine.webhooks.actions import (
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
from porch.kit.refusals import NotFound
from porch.web.api.cursors import USUAL, Cursor, Limit, Part
from porch.web.api.gate import ApiRequest, DoesNotFit, Needs, Whom
from porch.web.api_talk.newest import newest_part_of
from porch.web.api_webhooks.scopes import WEBHOOKS_READ, WEBHOOKS_WRITE
from porch.web.api_webhooks.shapes import (
    MessageOut,
    SecretOut,
    SwitchIn,
    WebhookChange,
    WebhookIn,
    WebhookOut,
    WebhooksOut,
)
from porch.web.webhooks.offered import KINDS

READS, WRITES = Needs(WEBHOOKS_READ, Whom.OPERATOR), Needs(WEBHOOKS_WRITE, Whom.OPERATOR)
# The names of kinds as messages have them, and as facts do.
TYPES = {type_of(name): name for name in sorted(KINDS)}
MESSAGE = ("id", "message_id", "state", "reason", "answer", "attempts", "queued_at")
ENDPOINT = ("id", "name", "url", "made_at", "failing_since", "off_because")

router = Router(tags=["Webhooks"])


@router.get(
    "/webhooks", auth=READS, response=WebhooksOut, summary="List the webhooks", url_name="api-webhooks"
)
def list_webhooks(request: ApiRequest) -> dict[str, object]:
    """The programs that are told, fifty at most, and the kinds of events that there are."""
    found = Endpoint.objects.order_by("name", "pk")
    return {"items": [as_webhook(each) for each in found], "offered": list(TYPES)}


@router.post("/webhooks", auth=WRITES, response=WebhookOut, summary="Make a webhook", url_name="api-webhooks")
def make_this_webhook(request: ApiRequest, body: WebhookIn) -> dict[str, object]:
    """Tell a program of events of some kinds from now on. Its secret is read at an address of its own."""
    by_id, at = request.auth.someone.pk, request.auth.at
    made = make_endpoint(name=body.name, url=body.url, kinds=kinds_in(body.kinds), by_id=by_id, at=at)
    return as_webhook(made)


@router.get(
    "/webhooks/{int:webhook}",
    auth=READS,
    response=WebhookOut,
    summary="Show a webhook",
    url_name="api-webhook",
)
def show_this_webhook(request: ApiRequest, webhook: int) -> dict[str, object]:
    """One of them."""
    return as_webhook(find(webhook))


@router.patch(
    "/webhooks/{int:webhook}",
    auth=WRITES,
    response=WebhookOut,
    summary="Change a webhook",
    url_name="api-webhook",
)
def change_this_webhook(request: ApiRequest, webhook: int, body: WebhookChange) -> dict[str, object]:
    """Change what it is called, where it goes, and of what it tells. What is not sent stays."""
    found, by_id, at = find(webhook), request.auth.someone.pk, request.auth.at
    made = change_endpoint(
        endpoint_id=found.pk,
        name=body.name or found.name,
        url=body.url or found.url,
        kinds=kinds_in(body.kinds) or found.kind_names,
        by_id=by_id,
        at=at,
    )
    return as_webhook(made)


@router.delete(
    "/webhooks/{int:webhook}",
    auth=WRITES,
    response={204: None},
    summary="Delete a webhook",
    url_name="api-webhook",
)
def delete_this_webhook(request: ApiRequest, webhook: int) -> None:
    """Tell it nothing any more. What waited for it is left out."""
    delete_endpoint(endpoint_id=webhook, by_id=request.auth.someone.pk, at=request.auth.at)


@router.put(
    "/webhooks/{int:webhook}/switch",
    auth=WRITES,
    response=WebhookOut,
    summary="Switch a webhook",
    url_name="api-webhook-switch",
)
def switch_this_webhook(request: ApiRequest, webhook: int, body: SwitchIn) -> dict[str, object]:
    """Switch it off, or on again: then it hears of what comes from now on."""
    by_id, at = request.auth.someone.pk, request.auth.at
    return as_webhook(switch_endpoint(endpoint_id=webhook, is_on=body.is_on, by_id=by_id, at=at))


@router.post(
    "/webhooks/{int:webhook}/secret",
    auth=WRITES,
    response=SecretOut,
    summary="Read the secret of a webhook",
    url_name="api-webhook-secret",
)
def read_this_secret(request: ApiRequest, webhook: int) -> dict[str, object]:
    """Give the secret, and write down in the audit who looked: so it is no GET."""
    return secret_for(request, find(webhook))


@router.put(
    "/webhooks/{int:webhook}/secret",
    auth=WRITES,
    response=SecretOut,
    summary="Change the secret of a webhook",
    url_name="api-webhook-secret",
)
def change_this_secret(request: ApiRequest, webhook: int) -> dict[str, object]:
    """Give it another secret, and read it. The one before signs too for a day."""
    by_id, at = request.auth.someone.pk, request.auth.at
    return secret_for(request, change_secret(endpoint_id=webhook, by_id=by_id, at=at))


@router.post(
    "/webhooks/{int:webhook}/tests",
    auth=WRITES,
    response=MessageOut,
    summary="Try a webhook",
    url_name="api-webhook-tests",
)
def try_this_webhook(request: ApiRequest, webhook: int) -> dict[str, object]:
    """Send a message that says nothing but that messages arrive."""
    by_id, at = request.auth.someone.pk, request.auth.at
    return as_message(send_test(endpoint_id=webhook, by_id=by_id, at=at))


@router.get(
    "/webhooks/{int:webhook}/messages",
    auth=READS,
    response=Part[MessageOut],
    summary="List the messages of a webhook",
    url_name="api-webhook-messages",
)
def list_messages(
    request: ApiRequest, response: HttpResponse, webhook: int, cursor: Cursor = "", limit: Limit = USUAL
) -> dict[str, object]:
    """What it was sent and what became of it, the newest first."""
    found = Delivery.objects.filter(carrier=CARRIER, batch=batch_of(find(webhook).pk))
    return newest_part_of(
        request,
        response,
        found,
        lambda rows: [as_message(each) for each in rows],
        ["id"],
        cursor=cursor,
        limit=limit,
    )


@router.post(
    "/webhooks/{int:webhook}/messages/{int:message}/attempts",
    auth=WRITES,
    response=MessageOut,
    summary="Send a message again",
    url_name="api-webhook-attempts",
)
def send_message_again(request: ApiRequest, webhook: int, message: int) -> dict[str, object]:
    """Send a message again that failed."""
    by_id, at = request.auth.someone.pk, request.auth.at
    return as_message(send_again(endpoint_id=webhook, delivery_id=message, by_id=by_id, at=at))


def find(number: int) -> Endpoint:
    """Find a webhook. Raises ``NotFound``."""
    found = Endpoint.objects.filter(pk=number).first()
    if found is None:
        raise NotFound
    return found


def kinds_in(said: list[str]) -> list[str]:
    """Read kinds of events. Raises ``DoesNotFit`` for one that there is not."""
    if unknown := [each for each in said if each not in TYPES]:
        raise DoesNotFit([{"field": "body.kinds", "text": f"There is no {unknown[0][:80]!r}."}])
    return [TYPES[each] for each in said]


def secret_for(request: ApiRequest, endpoint: Endpoint) -> dict[str, object]:
    """Read a secret, which is written down, and say how long the one before counts."""
    by_id, at = request.auth.someone.pk, request.auth.at
    said = read_secret(endpoint_id=endpoint.pk, by_id=by_id, at=at)
    is_old = endpoint.old_until is not None and endpoint.old_until > at
    return {"secret": said, "old_until": endpoint.old_until if is_old else None}


def as_webhook(endpoint: Endpoint) -> dict[str, Any]:
    """Say of a webhook what its page shows."""
    kinds = sorted(type_of(each) for each in endpoint.kind_names)
    return {name: getattr(endpoint, name) for name in ENDPOINT} | {
        "kinds": kinds,
        "is_on": endpoint.off_at is None,
    }


def as_message(row: Delivery) -> dict[str, Any]:
    """Say of a message what became of it."""
    return {name: getattr(row, name) for name in MESSAGE} | {"kind": row.subject}
