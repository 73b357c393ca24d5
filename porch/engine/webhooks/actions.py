"""The verbs of webhooks: made, changed, switched, given another secret, tried, deleted."""

from datetime import datetime, timedelta
from secrets import token_hex

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from porch.engine.audit.recording import record
from porch.engine.facts.pull import Pulled, newest
from porch.engine.outbox import actions as outbox
from porch.engine.outbox.models import Delivery
from porch.engine.webhooks.acts import (
    CHANGED,
    DELETED,
    MADE,
    SECRET_CHANGED,
    SECRET_READ,
    SENT_AGAIN,
    SWITCHED_OFF,
    SWITCHED_ON,
    TESTED,
)
from porch.engine.webhooks.jobs import ring
from porch.engine.webhooks.models import Endpoint
from porch.engine.webhooks.putting import batch_of, put
from porch.engine.webhooks.signing import secret_of
from porch.kit.http.address import parse_address
from porch.kit.refusals import BadInput, Conflict, NotFound
from porch.kit.text import clean_line
from porch.kit.time import to_micros

MOST_ENDPOINTS, LONGEST_NAME = 50, 80
OLD_SECRET_LASTS = timedelta(hours=24)


class NotSecure(BadInput):
    text = _("A webhook goes to an address that begins with https://.")
    hint = _("Without it whoever stands between could read along, and answer in its place.")


class NothingToTell(BadInput):
    text = _("Nothing is chosen of which it should tell.")
    hint = _("Choose at least one kind of event.")


class TooManyEndpoints(Conflict):
    text = _("There are %(most)s webhooks already.")
    hint = _("Delete one that is not used any more.")


@transaction.atomic
def make_endpoint(*, name: str, url: str, kinds: list[str], by_id: int, at: datetime) -> Endpoint:
    """Tell another program of facts of these kinds from now on.

    Raises ``NotSecure``, ``NothingToTell``, ``TooManyEndpoints``, and what is wrong with the name or the address.
    """
    if Endpoint.objects.count() >= MOST_ENDPOINTS:
        raise TooManyEndpoints(most=MOST_ENDPOINTS)
    endpoint = Endpoint(salt=token_hex(32), after_fact=newest("community"), made_at=at)
    fill(endpoint, name, url, kinds)
    endpoint.save()
    record(MADE, by_id=by_id, at=at, endpoint_id=endpoint.pk)
    return endpoint


@transaction.atomic
def change_endpoint(
    *, endpoint_id: int, name: str, url: str, kinds: list[str], by_id: int, at: datetime
) -> Endpoint:
    """Change where it goes and of what it tells."""
    endpoint = locked(endpoint_id)
    fill(endpoint, name, url, kinds)
    endpoint.save(update_fields=["name", "url", "kinds"])
    record(CHANGED, by_id=by_id, at=at, endpoint_id=endpoint.pk)
    return endpoint


@transaction.atomic
def switch_endpoint(*, endpoint_id: int, is_on: bool, by_id: int, at: datetime) -> Endpoint:
    """Switch it off, or on again: then it hears of what comes from now on."""
    endpoint = locked(endpoint_id)
    if is_on == (endpoint.off_at is None):
        return endpoint
    endpoint.off_at, endpoint.off_because, endpoint.failing_since = (None if is_on else at), "", None
    if is_on:
        endpoint.after_fact = newest("community")
    endpoint.save(update_fields=["off_at", "off_because", "failing_since", "after_fact"])
    record(SWITCHED_ON if is_on else SWITCHED_OFF, by_id=by_id, at=at, endpoint_id=endpoint.pk)
    return endpoint


@transaction.atomic
def change_secret(*, endpoint_id: int, by_id: int, at: datetime) -> Endpoint:
    """Give it another secret. The one before signs too for a day."""
    endpoint = locked(endpoint_id)
    endpoint.old_salt, endpoint.old_until = endpoint.salt, at + OLD_SECRET_LASTS
    endpoint.salt = token_hex(32)
    endpoint.save(update_fields=["salt", "old_salt", "old_until"])
    record(SECRET_CHANGED, by_id=by_id, at=at, endpoint_id=endpoint.pk)
    return endpoint


@transaction.atomic
def read_secret(*, endpoint_id: int, by_id: int, at: datetime) -> str:
    """Give the secret, and write down who looked."""
    endpoint = locked(endpoint_id)
    record(SECRET_READ, by_id=by_id, at=at, endpoint_id=endpoint.pk)
    return secret_of(endpoint)


@transaction.atomic
def delete_endpoint(*, endpoint_id: int, by_id: int, at: datetime) -> None:
    """Delete it. What waited for it is left out."""
    endpoint = locked(endpoint_id)
    endpoint.delete()
    record(DELETED, by_id=by_id, at=at, endpoint_id=endpoint_id)


@transaction.atomic
def send_test(*, endpoint_id: int, by_id: int, at: datetime) -> Delivery:
    """Send a message that says nothing but that messages arrive."""
    endpoint = locked(endpoint_id)
    fact = Pulled(0, "WebhookTested", 1, to_micros(at), {"endpoint_id": endpoint.pk})
    row = put(endpoint, fact, at=at)
    record(TESTED, by_id=by_id, at=at, endpoint_id=endpoint.pk)
    ring(row.pk)
    return row


@transaction.atomic
def send_again(*, endpoint_id: int, delivery_id: int, by_id: int, at: datetime) -> Delivery:
    """Send a message again by hand that failed. Raises ``NotFound`` and ``NothingToRetry``."""
    if not Delivery.objects.filter(pk=delivery_id, batch=batch_of(endpoint_id)).exists():
        raise NotFound
    row = outbox.retry(delivery_id=delivery_id, at=at)
    record(SENT_AGAIN, by_id=by_id, at=at, delivery_id=row.pk)
    ring(row.pk)
    return row


def fill(endpoint: Endpoint, name: str, url: str, kinds: list[str]) -> None:
    """Write onto an endpoint what was typed, as far as it will do."""
    endpoint.name = clean_line(name, most=LONGEST_NAME, name=_("name"))
    address = parse_address(url.strip())
    if address.scheme != "https":
        raise NotSecure
    if not kinds:
        raise NothingToTell
    endpoint.url, endpoint.kinds = str(address), " ".join(sorted(set(kinds)))


def locked(endpoint_id: int) -> Endpoint:
    """Hold an endpoint to the end of the transaction. Raises ``NotFound``."""
    found = Endpoint.objects.select_for_update().filter(pk=endpoint_id).first()
    if found is None:
        raise NotFound
    return found
