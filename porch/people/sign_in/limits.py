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
# By token: what a program may ask for, and what it may have changed.
API_READS = Rate("reads by a token", 600, timedelta(minutes=1))
API_WRITES = Rate("writes by a token", 60, timedelta(minutes=1))
# By where they come from: nobody guesses a token, and whoever tries is not to keep the database busy.
WRONG_TOKENS = Rate("tokens that do not work from a place", 100, QUARTER)
# A code of an app is good for one and a half minutes, and for one use.
APP_CODE = Rate("a code of an app", 1, timedelta(seconds=100))


@transaction.atomic
def count(rate: Rate, key: str, *, at: datetime) -> None:
    """Count a try, or refuse it and say when the next one may be."""
    kept = key_of(rate, key)
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


def count_on(rate: Rate, key: str, *, at: datetime) -> None:
    """Count a try of what is tried all the time: one statement, but for the first of a span. Refuses as ``count``."""
    far = at + rate.per + A_MOMENT
    same = Tally.objects.filter(key=key_of(rate, key), until__gt=at, until__lte=far, count__lt=rate.most)
    if not same.update(count=F("count") + 1):
        count(rate, key, at=at)


def key_of(rate: Rate, key: str) -> str:
    """Hash the key under which tries are counted."""
    return salted_hmac("porch.tally", f"{rate.name}:{key}", algorithm="sha256").hexdigest()


def forgive(rate: Rate, key: str) -> None:
    """Take one try back: it was right."""
    kept = key_of(rate, key)
    Tally.objects.filter(key=kept, count__gt=0).update(count=F("count") - 1)


def too_many(row: Tally, at: datetime) -> TooManyTries:
    """Say how long to wait, in minutes for people and in seconds for programs."""
    seconds = max(1, ceil((row.until - at).total_seconds()))
    return TooManyTries(minutes=ceil(seconds / 60), seconds=seconds)


def place_of(remote_addr: str) -> str:
    """Give the place that an IP stands for: IPv6 in networks of 64 bits, as they are handed out."""
    try:
        address = ip_address(remote_addr.strip("[]"))
    except ValueError:
        return remote_addr
    return str(ip_network(f"{address}/64", strict=False)) if address.version == 6 else str(address)
