from django.db import models


class CacheEntry(models.Model):
    """A row of the cache that all processes share, in the shape that Django's ``DatabaseCache`` reads and writes."""

    cache_key = models.CharField(primary_key=True, max_length=255)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "engine_cache"
