from typing import ClassVar

from django.db import models
from django.db.models import Q


class ClockMark(models.Model):
    """What the clocks said when they were last looked at, by boot: the wall clock, and the time since the boot."""

    boot = models.CharField(max_length=300, primary_key=True)
    up_micros = models.BigIntegerField(help_text="microseconds since the boot, sleep included")
    at = models.DateTimeField()


class ClockJump(models.Model):
    """That the wall clock jumped, until an operator has acknowledged it."""

    noticed_at = models.DateTimeField(help_text="by the clock as it is after the jump")
    expected_at = models.DateTimeField(help_text="what the clock should have said")
    seconds = models.BigIntegerField(help_text="forward, or back where negative")
    # Measured against the time since the boot. Otherwise time is only known to have run backwards.
    within_boot = models.BooleanField()
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(acknowledged_at__isnull=True, acknowledged_by_id__isnull=True)
                | Q(acknowledged_at__isnull=False),
                name="whoever_acknowledges_a_jump_does_so_at_a_time",
            ),
            models.CheckConstraint(condition=~Q(seconds=0), name="a_clock_that_jumped_is_elsewhere"),
        ]
