"""What operators do with promises by hand: the same verbs, and a row in the audit."""

from datetime import datetime

from django.db import transaction

from porch.engine.audit.acts import Act
from porch.engine.audit.recording import record
from porch.engine.promises import acts
from porch.engine.promises.actions import (
    keep_promise,
    lock,
    make_good,
    promise,
    reopen_promise,
    withdraw_promise,
)
from porch.engine.promises.kinds import OWN_WORDS, Whom
from porch.engine.promises.models import Promise
from porch.kit.locks import take_turns
from porch.kit.refusals import BadInput

WAYS: dict[str, Act] = {
    "kept": acts.KEPT,
    "withdrawn": acts.WITHDRAWN,
    "made-good": acts.MADE_GOOD,
    "reopened": acts.REOPENED,
}


@transaction.atomic
def promise_by_hand(
    *, text: str, to: Whom, due_at: datetime, by_id: int, at: datetime, key: str | None = None
) -> Promise:
    """Promise something in an operator's own words. A form that is sent twice, with one key, promises once."""
    take_turns(f"promise {key}")
    is_new = key is None or not Promise.objects.filter(key=key).exists()
    made = promise(kind=OWN_WORDS, text=text, to=to, due_at=due_at, by_id=by_id, at=at, key=key)
    if is_new:
        record(acts.MADE, by_id=by_id, about_id=made.owed_to_id, at=at, promise_id=made.pk)
    return made


@transaction.atomic
def settle_by_hand(
    *, promise_id: int, way: str, reason: str, by_id: int, at: datetime, hold: bool = False
) -> Promise:
    """Keep, withdraw, make good or reopen a promise; what changes nothing leaves no row."""
    before = lock(promise_id).changes
    settled = step(promise_id=promise_id, way=way, reason=reason, by_id=by_id, at=at, hold=hold)
    if settled.changes != before:
        record(
            WAYS[way], by_id=by_id, about_id=settled.owed_to_id, reason=reason, at=at, promise_id=settled.pk
        )
    return settled


def step(*, promise_id: int, way: str, reason: str, by_id: int, at: datetime, hold: bool) -> Promise:
    """Take the step that a word names. Raises ``BadInput`` for another word."""
    if way == "kept":
        return keep_promise(promise_id=promise_id, reason=reason, by_id=by_id, at=at, hold=hold)
    if way == "withdrawn":
        return withdraw_promise(promise_id=promise_id, reason=reason, by_id=by_id, at=at)
    if way == "made-good":
        return make_good(promise_id=promise_id, reason=reason, by_id=by_id, at=at)
    if way == "reopened":
        return reopen_promise(promise_id=promise_id, reason=reason, by_id=by_id, at=at)
    raise BadInput
