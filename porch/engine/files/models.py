from django.db import models
from django.db.models import Q


class StoredFile(models.Model):
    """Bytes that are in the store, and what they are. The same bytes are there once, whoever holds them."""

    sha256 = models.CharField(max_length=64, unique=True)
    bytes = models.BigIntegerField()
    media_type = models.CharField(max_length=60)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    frames = models.PositiveIntegerField(null=True)
    created_at = models.DateTimeField()
    # From when on the bytes may go, where nobody holds them any more.
    goes_at = models.DateTimeField(null=True, db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(bytes__gt=0), name="a_stored_file_has_bytes"),
            models.CheckConstraint(
                condition=Q(width__isnull=True, height__isnull=True, frames__isnull=True)
                | Q(width__gt=0, height__gt=0, frames__gt=0),
                name="a_picture_has_all_its_measures",
            ),
        ]


class Holding(models.Model):
    """That somebody gave a file, as what, and about whom. Its id is part of an address and cannot be guessed."""

    id = models.CharField(primary_key=True, max_length=43)
    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    # Ids of people, who are kept above this floor: see ``forget_files_of``.
    by_id = models.BigIntegerField(null=True, db_index=True)
    about_id = models.BigIntegerField(null=True, db_index=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="a_held_file_has_a_name")]


class HeldFile(models.Model):
    """The bytes of a holding in one size: pictures have several."""

    holding = models.ForeignKey(Holding, models.CASCADE, related_name="files")
    size = models.CharField(max_length=20)
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="held")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["holding", "size"], name="a_holding_has_each_size_once")
        ]


class FilesCheck(models.Model):
    """What the last look at the whole store found. ``findings`` has a line for each, up to a few."""

    at = models.DateTimeField()
    files = models.PositiveIntegerField()
    bytes = models.BigIntegerField()
    missing = models.PositiveIntegerField()
    damaged = models.PositiveIntegerField()
    strays = models.PositiveIntegerField()
    findings = models.TextField(blank=True)
