"""How long a session lasts, and what is remembered of it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

# allauth keeps here by what means somebody came in, the last one last.
RECORDS = "account_authentication_methods"
WAY = "porch_way"
WAYS = {
    "link": "link",
    "code": "code",
    "password": "password",
    "password_reset": "password",
    "socialaccount": "provider",
    "webauthn": "passkey",
    "totp": "code",
    "recovery_codes": "code",
}

# What strangers keep in one (a sign-in half-way) is over soon.
STRANGERS_LIFE = timedelta(hours=1)
UNSEEN_LIFE = timedelta(days=30)
WHOLE_LIFE = timedelta(days=180)
# When somebody was here is known to ten minutes, and written no more often.
SEEN_EVERY = timedelta(minutes=10)


def compute_end(*, begun_at: datetime, seen_at: datetime, is_signed_in: bool) -> datetime:
    """Say when a session is over if nobody comes any more."""
    if not is_signed_in:
        return seen_at + STRANGERS_LIFE
    return min(seen_at + UNSEEN_LIFE, begun_at + WHOLE_LIFE)


def is_worth_noting(*, seen_at: datetime, at: datetime) -> bool:
    """Say whether that somebody is here is news. A time to come is: the clock was set back since."""
    return abs(at - seen_at) >= SEEN_EVERY


def way_of(data: Mapping[str, Any]) -> str:
    """Say in one word how somebody signed in, from what their session holds; nothing where it holds nothing."""
    records = data.get(RECORDS)
    last = records[-1] if isinstance(records, list) and records else None
    if isinstance(last, dict):
        return WAYS.get(str(last.get("type") or last.get("method")), "")
    return WAYS.get(str(data.get(WAY)), "")
