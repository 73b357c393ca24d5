from django.db.models import F

from porch.engine.clock.models import ClockJump

A_DAY = 24 * 60 * 60


def clock_is_doubtful() -> bool:
    """Say whether the clock leapt forward by more than a day while the machine ran, and no operator has agreed.

    Whoever calls something late or old holds back meanwhile. Time that passed while the machine was off is no doubt.
    """
    return ClockJump.objects.filter(
        acknowledged_at__isnull=True, within_boot=True, seconds__gt=A_DAY
    ).exists()


def open_jumps() -> int:
    """Count the jumps that nobody has acknowledged."""
    return ClockJump.objects.filter(acknowledged_at__isnull=True).count()


def recent_jumps() -> list[ClockJump]:
    """Give the jumps as they were noticed, those to acknowledge first, then the newest; fifty at most."""
    return list(ClockJump.objects.order_by(F("acknowledged_at").desc(nulls_first=True), "-pk")[:50])
