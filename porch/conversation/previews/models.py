from django.db import models


class LinkedPage(models.Model):
    """What a page elsewhere says of itself. Asked once for all who link to it, and forgotten after a while.

    ``title`` is empty where nothing could be read.
    """

    # SHA-256 of the address, in hexadecimal.
    url_hash = models.CharField(max_length=64, primary_key=True)
    url = models.CharField(max_length=2000)
    title = models.CharField(max_length=200, blank=True)
    text = models.CharField(max_length=300, blank=True)
    site = models.CharField(max_length=80, blank=True)
    asked_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["asked_at"], name="linked_pages_by_age")]
