from porch.engine.clock.models import ClockJump

A_DAY = 24 * 60 * 60


def clock_is_doubtful() -> bool:
    """Say whether the clock leapt forward by more than a day while the machine ran, and no operator has agreed.

    Whoever calls something late or old holds back meanwhile. Time that passed while the machine was off is no doubt.
    """
    return ClockJump.objects.filter(
        acknowledged_at__isnull=True, within_boot=True, seconds__gt=A_DAY
    ).exists()


def open_jumps() -> list[ClockJump]:
    """Give the jumps that nobody has acknowledged, newest first; a hundred at most."""
    return list(ClockJump.objects.filter(acknowledged_at__isnull=True).order_by("-pk")[:100])
