from typing import Any, NoReturn

from django.db import models


class FactRow(models.Model):
    """One fact as it is kept. Rows are only ever added."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    at = models.BigIntegerField(help_text="microseconds since 1970, UTC")
    ids = models.JSONField()

    class Meta:
        abstract = True

    def delete(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError("facts are append-only")


class CommunityFactRow(FactRow):
    class Meta:
        db_table = "engine_community_fact"


class AudienceFactRow(FactRow):
    class Meta:
        db_table = "engine_audience_fact"


class ConsumerPlace(models.Model):
    """How far a consumer of facts has come, and what is in its way."""

    consumer = models.CharField(max_length=100, primary_key=True)
    stream = models.CharField(max_length=20)
    heard = models.BigIntegerField(default=0, help_text="the id of the last fact it heard")
    stuck_at = models.BigIntegerField(null=True, help_text="the id of the fact that it fails at")
    failures = models.PositiveIntegerField(default=0, help_text="in a row, since somebody last looked")
    failed_at = models.DateTimeField(null=True)
    error = models.TextField(default="")


class SkippedFact(models.Model):
    """That an operator let a consumer pass over one fact."""

    consumer = models.CharField(max_length=100)
    stream = models.CharField(max_length=20)
    fact = models.BigIntegerField()
    error = models.TextField()
    skipped_at = models.DateTimeField()
    skipped_by_id = models.BigIntegerField(null=True)
