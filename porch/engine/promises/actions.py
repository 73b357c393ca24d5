"""The verbs of promises: make one, keep it, withdraw it, make it good, take back a mark that was a mistake."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from porch.engine.facts.kinds import Fact
from porch.engine.facts.noting import note
from porch.engine.promises.facts import (
    PromiseBroken,
    PromiseKept,
    PromiseMade,
    PromiseRedeemed,
    PromiseReopened,
    PromiseWithdrawn,
)
from porch.engine.promises.kinds import OPERATORS, OWN_WORDS, Keeper, Kind, Whom, check_ids
from porch.engine.promises.models import Promise, PromiseChange
from porch.engine.promises.states import GRAPH, State
from porch.kit.refusals import BadInput, Conflict, NotFound
from porch.kit.text import clean_line

MOST_TEXT, MOST_REASON = 300, 500
# Words of code and ids: nothing of a person fits in.
KEY = re.compile(r"[a-z0-9:.-]{1,120}")
FARTHEST = timedelta(days=20 * 365 + 5)
FACTS: dict[str, Callable[..., Fact]] = {
    State.KEPT: PromiseKept,
    State.BROKEN: PromiseBroken,
    State.WITHDRAWN: PromiseWithdrawn,
    State.MADE_GOOD: PromiseRedeemed,
}


class DueInThePast(BadInput):
    text = _("This time has passed already.")
    hint = _("Promise something for a time that is still to come.")


class DueTooFarAhead(BadInput):
    text = _("That is more than 20 years ahead.")
    hint = _("Promise something that somebody here will live to keep, and promise it again then.")


class PromiseIsSettled(Conflict):
    text = _("This promise stands otherwise by now, so this cannot be done with it.")
    hint = _("Look at it as it is now.")


class DeadlineHasPassed(Conflict):
    text = _("Its time has passed, so it stays broken.")
    hint = _("If it was kept after all, say that it was made good.")


class ClockIsInDoubt(Conflict):
    text = _("The clock of this server is in doubt, so nobody can say whether this is in time.")
    hint = _("Nothing was changed. Set the clock right, or wait until Porch trusts it, and try again.")


@transaction.atomic
def promise(
    *,
    kind: Kind,
    to: Whom,
    due_at: datetime,
    at: datetime,
    text: str = "",
    keeper: Keeper = OPERATORS,
    by_id: int | None = None,
    key: str | None = None,
    **ids: int,
) -> Promise:
    """Promise something by a time. Run again with the same ``key``, it gives the promise that was made then.

    ``text`` is for ``OWN_WORDS`` alone; ``by_id`` is the person who promises, None where code does.
    """
    if (to.person_id is not None) != (to.to == "person"):
        raise ValueError("a promise to one person names them, and no other does")
    if key is not None and not KEY.fullmatch(key):
        raise ValueError(f"the key {key!r} is not made of small letters, digits, points, colons and hyphens")
    made = Promise.objects.filter(key=key).first() if key is not None else None
    if made is not None:
        return made
    if due_at < at:
        raise DueInThePast
    if due_at > at + FARTHEST:
        raise DueTooFarAhead
    owed = Promise(
        kind=kind.name,
        text=clean_line(text, most=MOST_TEXT, name=_("promise")) if kind is OWN_WORDS else "",
        ids=check_ids(kind, ids),
        owed_to=to.to,
        owed_to_id=to.person_id,
        kept_by=keeper.by,
        kept_by_id=keeper.person_id,
        promised_by_id=by_id,
        promised_at=at,
        due_at=due_at,
        key=key,
        since=at,
    )
    try:
        with transaction.atomic():
            owed.save(force_insert=True)
    except IntegrityError:
        if key is None:
            raise
        # Somebody with the same key was quicker by a moment.
        return Promise.objects.get(key=key)
    note(PromiseMade(promise_id=owed.pk, at=at))
    return owed


@transaction.atomic
def keep_promise(
    *, promise_id: int, at: datetime, by_id: int | None = None, reason: str = "", hold: bool = False
) -> Promise:
    """Mark a promise as kept: at its deadline still in time, a microsecond later broken and made good.

    Kept twice is kept once. ``hold`` says that the clock is in doubt: then what hangs on it is refused.
    """
    owed = lock(promise_id)
    if owed.state in (State.KEPT, State.MADE_GOOD):
        return owed
    reason = clean_reason(reason)
    is_in_time = at <= owed.due_at
    if hold and (owed.state == State.BROKEN if is_in_time else owed.state == State.OWED):
        raise ClockIsInDoubt
    if owed.state == State.OWED and not is_in_time:
        change(owed, State.BROKEN, at=at)
    elif owed.state == State.BROKEN and is_in_time:
        # Kept in time is kept, also where the round that looks for overdue ones came by before this was written.
        change(owed, State.OWED, at=at)
    return change(
        owed, State.KEPT if owed.state == State.OWED else State.MADE_GOOD, at=at, by_id=by_id, reason=reason
    )


@transaction.atomic
def withdraw_promise(*, promise_id: int, reason: str, at: datetime, by_id: int | None = None) -> Promise:
    """Take an open promise back, and say why. It stays to be read, as withdrawn."""
    owed = lock(promise_id)
    return change(owed, State.WITHDRAWN, at=at, by_id=by_id, reason=clean_reason(reason, required=True))


@transaction.atomic
def make_good(*, promise_id: int, at: datetime, by_id: int | None = None, reason: str = "") -> Promise:
    """Mark a broken promise as kept after all. It stays broken, with the time at which it was made good."""
    owed = lock(promise_id)
    return change(owed, State.MADE_GOOD, at=at, by_id=by_id, reason=clean_reason(reason))


@transaction.atomic
def reopen_promise(*, promise_id: int, reason: str, at: datetime, by_id: int | None = None) -> Promise:
    """Take back a mark that was a mistake: what was kept or withdrawn is owed again, what was made good is broken.

    A broken one is owed again only while its time is still to come: then it was the clock that was wrong.
    """
    owed = lock(promise_id)
    if owed.state == State.BROKEN and at > owed.due_at:
        raise DeadlineHasPassed
    to: State = State.BROKEN if owed.state == State.MADE_GOOD else State.OWED
    require_way(owed, to)
    return change(owed, to, at=at, by_id=by_id, reason=clean_reason(reason, required=True))


def lock(promise_id: int) -> Promise:
    """Take a promise for this transaction alone. Raises ``NotFound``."""
    owed = Promise.objects.select_for_update().filter(pk=promise_id).first()
    if owed is None:
        raise NotFound
    return owed


def clean_reason(reason: str, *, required: bool = False) -> str:
    """Make one line of a reason, which may be empty where none is required."""
    if not reason.strip() and not required:
        return ""
    return clean_line(reason, most=MOST_REASON, name=_("reason"))


def require_way(owed: Promise, to: State) -> None:
    """Refuse a step that the graph does not have."""
    if to not in GRAPH[owed.state]:
        raise PromiseIsSettled


def change(owed: Promise, to: State, *, at: datetime, by_id: int | None = None, reason: str = "") -> Promise:
    """Take one step in the graph, for a promise that is locked: a row in its story, and a fact."""
    require_way(owed, to)
    is_reopened = to == State.OWED or owed.state == State.MADE_GOOD
    owed.state, owed.since, owed.changes = to, at, owed.changes + 1
    owed.save(update_fields=["state", "since", "changes"])
    PromiseChange.objects.create(
        promise=owed, number=owed.changes, state=to, at=at, by_id=by_id, reason=reason
    )
    made = PromiseReopened if is_reopened else FACTS[to]
    note(made(promise_id=owed.pk, at=at))
    return owed
