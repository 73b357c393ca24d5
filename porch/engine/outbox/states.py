"""The states of a delivery, which may follow which, and how often it is tried: all on one screen.

    queued ──► sending ──► accepted            a server has taken it
      │ ▲         ├──────► failed              refused for good, or tried for too long
      │ └─────────┤                            not now: again after a while
      │           ├──────► uncertain           the answer never came; only a person sends it again
      │           └──────► excluded            suppressed or withdrawn in the meantime
      ├──────────────────► excluded
      └──────────────────► kept                no server is set: it can be read at the desk

Whoever was to get something is in exactly one of these, so ``candidates = accepted + excluded + failed + uncertain``,
plus what is kept and what is still open.
"""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    QUEUED = "queued", _("waiting")
    SENDING = "sending", _("being sent")
    ACCEPTED = "accepted", _("accepted")
    EXCLUDED = "excluded", _("left out")
    FAILED = "failed", _("failed")
    UNCERTAIN = "uncertain", _("uncertain")
    KEPT = "kept", _("kept here")


OPEN = (State.QUEUED, State.SENDING)
# What happens by itself.
MAY_BECOME: dict[State, tuple[State, ...]] = {
    State.QUEUED: (State.SENDING, State.EXCLUDED, State.KEPT),
    State.SENDING: (State.ACCEPTED, State.FAILED, State.UNCERTAIN, State.QUEUED, State.EXCLUDED),
    # A worker that was only slow brings the answer after all.
    State.UNCERTAIN: (State.ACCEPTED, State.FAILED),
}
# What an operator may send again by hand.
MAY_BE_RETRIED = (State.FAILED, State.UNCERTAIN, State.KEPT)


class Priority(models.IntegerChoices):
    """Which job goes first. Somebody waits at the door for a code; a newsletter waits for nobody."""

    BULK = -50, _("bulk")
    NORMAL = 0, _("normal")
    PROMPT = 50, _("prompt")


# How long to wait after each attempt; after the last of them a delivery has failed. A code that comes after half
# an hour opens nothing any more.
SPACING: dict[Priority, tuple[timedelta, ...]] = {
    Priority.PROMPT: tuple(timedelta(seconds=s) for s in (5, 15, 40, 120, 300, 600)),
    Priority.NORMAL: tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 180, 480, 1440)),
    Priority.BULK: tuple(timedelta(minutes=m) for m in (5, 15, 60, 180, 480, 1440, 1440)),
}
# An attempt that has said nothing for so long is over: its worker was killed.
ATTEMPT_LASTS = timedelta(minutes=2)
# A doorbell that nobody answered is rung again.
RING_AGAIN = timedelta(minutes=5)
# How long the body of a letter with a secret in it is kept where it was not accepted.
SECRET_LASTS = timedelta(days=1)


def next_try(priority: Priority, attempts: int) -> timedelta | None:
    """Say how long to wait after so many attempts; None where it is time to give up."""
    spacing = SPACING[priority]
    return spacing[attempts - 1] if attempts <= len(spacing) else None
