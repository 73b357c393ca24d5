from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django_tasks_db.models import DBTaskResult


class Worker(models.Model):
    """A process that runs jobs. As long as ``beat`` moves, it lives; where it runs says who can look."""

    id = models.UUIDField(primary_key=True)
    host = models.CharField(max_length=255)
    # Host, boot and process space: whoever shares it can see whether the process is there.
    place = models.CharField(max_length=400)
    process = models.BigIntegerField(help_text="the id of the process, in its place")
    born = models.BigIntegerField(help_text="when the process began, in the kernel's ticks since the boot")
    beat = models.BigIntegerField(default=0)
    begun_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.host}, process {self.process}"


class JobRun(models.Model):
    """What we know of a job beyond its row: who holds it, how often it was tried, how often a worker died of it."""

    job = models.OneToOneField(DBTaskResult, models.CASCADE, primary_key=True, related_name="+")
    worker = models.ForeignKey(Worker, models.SET_NULL, null=True, related_name="+")
    attempts = models.PositiveIntegerField(default=0)
    deaths = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(deaths__lte=F("attempts")), name="no_worker_dies_of_a_job_it_never_began"
            )
        ]


class Recurrence(models.Model):
    """When work that comes round falls due next, and under which rule that was worked out."""

    work = models.CharField(max_length=100, primary_key=True)
    rule = models.CharField(max_length=300)
    next_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField(null=True)
    last_job = models.UUIDField(null=True)


class RoundState(models.Model):
    """How a round went last, and which worker is on it just now."""

    round = models.CharField(max_length=100, primary_key=True)
    worker = models.ForeignKey(Worker, models.SET_NULL, null=True, related_name="+")
    # A count, not a time: each worker sees by its own clock when it last moved.
    runs = models.PositiveBigIntegerField(default=0)
    begun_at = models.DateTimeField(null=True)
    went_well_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0, help_text="in a row")
    error = models.TextField(default="")
