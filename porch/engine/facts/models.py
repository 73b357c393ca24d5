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
