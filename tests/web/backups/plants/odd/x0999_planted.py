from datetime import UTC, datetime

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from tests.web.backups.plants.odd import LAST

TEXT = "\\N \t\r\n \\. '\" \U0001f3e1 \u202e ثمانية"
ODD = [
    (None, b"", "", None, None, 0.1, None),
    (
        -(2**63),
        bytes(range(256)),
        TEXT,
        {"a": [1, None, "\\u0001x"]},
        True,
        1e308,
        1,
    ),
    (2**63 - 1, b"\\x00\\N\n", "\\", [], False, -5e-324, 999_999),
]


def fill(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    model = apps.get_model("bridge", "Odd")
    for big, data, text, tree, flag, number, micros in ODD:
        at = None if micros is None else datetime(1969, 12, 31, 23, 59, 59, micros, tzinfo=UTC)
        model.objects.create(big=big, data=data, text=text, tree=tree, flag=flag, number=number, at=at)


class Migration(migrations.Migration):
    dependencies = [("bridge", LAST)]
    operations = [
        migrations.CreateModel(
            "Odd",
            [
                ("id", models.BigAutoField(primary_key=True)),
                ("big", models.BigIntegerField(null=True)),
                ("data", models.BinaryField()),
                ("text", models.TextField()),
                ("tree", models.JSONField(null=True)),
                ("flag", models.BooleanField(null=True)),
                ("number", models.FloatField()),
                ("at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
