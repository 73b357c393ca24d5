"""Rate limits on what can be guessed, in a table of the database: two at once are counted as two.

The shared cache would not do: it reads before it writes, and throws rows out when it is full, so that whoever
fills it makes it forget. Keys are hashed with the key of this installation: no address and no IP is kept.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network
from math import ceil

from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from porch.kit.refusals import Refusal
from porch.people.sign_in.models import Tally

QUARTER = timedelta(minutes=15)
HOUR = timedelta(hours=1)
A_MOMENT = timedelta(minutes=5)


class TooManyTries(Refusal):
    status = 429
    text = _("That was tried too often.")
    hint = _(
        "Try again in %(minutes)s min. A passkey, or a link from whoever runs this Porch, works at once."
    )


@dataclass(frozen=True, slots=True)
class Rate:
    """At most so many in a span of time, which begins with the first."""

    name: str
    most: int
    per: timedelta


# By address as it is typed, known here or not: the answer must not tell which.
LETTERS_TO_ADDRESS = Rate("letters to an address", 4, QUARTER)
LETTERS_IN_A_DAY = Rate("letters to an address in a day", 20, timedelta(days=1))
PASSWORDS_FOR_ADDRESS = Rate("passwords for an address", 10, QUARTER)
# By where it comes from: many people may share it.
LETTERS_FROM_PLACE = Rate("letters asked for from a place", 40, HOUR)
CHALLENGES_FROM_PLACE = Rate("challenges for passkeys from a place", 200, HOUR)
CODES_FROM_PLACE = Rate("codes from a place", 100, HOUR)
PASSWORDS_FROM_PLACE = Rate("passwords from a place", 50, HOUR)
# By person, who is known by then.
SECOND_STEPS = Rate("second steps", 10, QUARTER)
CONFIRMATIONS = Rate("confirmations", 10, QUARTER)
CHANGES = Rate("changes of an account", 60, HOUR)
# A code of an app is good for one and a half minutes, and for one use.
APP_CODE = Rate("a code of an app", 1, timedelta(seconds=100))


@transaction.atomic
def count(rate: Rate, key: str, *, at: datetime) -> None:
    """Count a try, or refuse it and say when the next one may be."""
    kept = salted_hmac("porch.tally", f"{rate.name}:{key}", algorithm="sha256").hexdigest()
    # Whoever is refused only reads, and does not hold up those who write.
    row = Tally.objects.filter(key=kept).first()
    if row is not None and at < row.until <= at + rate.per and row.count >= rate.most:
        raise too_many(row, at)
    Tally.objects.filter(until__lte=at).exclude(key=kept).delete()
    row, _is_new = Tally.objects.get_or_create(key=kept, defaults={"count": 0, "until": at + rate.per})
    row = Tally.objects.select_for_update().get(pk=row.pk)
    # A clock that was set back must not shut anybody out for longer than the span. A request that was read a moment
    # before another is no clock set back, and forgives nothing.
    if not at < row.until <= at + rate.per + A_MOMENT:
        row.count, row.until = 0, at + rate.per
    if row.count >= rate.most:
        raise too_many(row, at)
    row.count += 1
    row.save(update_fields=["count", "until"])


def forgive(rate: Rate, key: str) -> None:
    """Take one try back: it was right."""
    kept = salted_hmac("porch.tally", f"{rate.name}:{key}", algorithm="sha256").hexdigest()
    Tally.objects.filter(key=kept, count__gt=0).update(count=F("count") - 1)


def too_many(row: Tally, at: datetime) -> TooManyTries:
    return TooManyTries(minutes=max(1, ceil((row.until - at).total_seconds() / 60)))


def place_of(remote_addr: str) -> str:
    """Give the place that an IP stands for: IPv6 in networks of 64 bits, as they are handed out."""
    try:
        address = ip_address(remote_addr.strip("[]"))
    except ValueError:
        return remote_addr
    return str(ip_network(f"{address}/64", strict=False)) if address.version == 6 else str(address)
