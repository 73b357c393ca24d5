"""Sessions keep a digest of their key, when they were begun and seen, and end by themselves.

Those of people go on: their keys are hashed, and their names of old are dropped with the old table.
"""

import hashlib
from datetime import timedelta
from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

LIFE = timedelta(days=30)


def hash_keys(apps: Any, schema_editor: Any) -> None:
    """Take over the sessions of people. When one was begun follows from its end: it lasted thirty days."""
    old, new = apps.get_model("people", "Session"), apps.get_model("people", "HashedSession")
    new.objects.bulk_create(
        (
            new(
                digest=hashlib.sha256(each.session_key.encode()).hexdigest(),
                data=each.session_data,
                person_id=each.person_id,
                begun_at=each.expire_date - LIFE,
                seen_at=each.expire_date - LIFE,
                ends_at=each.expire_date,
            )
            for each in old.objects.filter(person__isnull=False).iterator()
        ),
        batch_size=500,
    )


class Migration(migrations.Migration):
    dependencies = [("people", "0004_consent_is_append_only")]

    operations = [
        migrations.CreateModel(
            name="HashedSession",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("data", models.TextField()),
                ("begun_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(db_index=True)),
                ("way", models.CharField(blank=True, max_length=20)),
                ("browser", models.CharField(blank=True, max_length=20)),
                ("system", models.CharField(blank=True, max_length=20)),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        # A key cannot be had back from its digest: whoever goes back signs in anew.
        migrations.RunPython(hash_keys, migrations.RunPython.noop),
        migrations.DeleteModel(name="Session"),
        migrations.RenameModel(old_name="HashedSession", new_name="Session"),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=Q(ends_at__gt=F("begun_at")), name="a_session_ends_after_it_begins"
            ),
        ),
    ]
