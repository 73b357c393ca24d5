import os
import time
from pathlib import Path

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from tests.web.backups.plants.waits import LAST


def wait(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Change every row, leave word, and take long, the first time."""
    apps.get_model("people", "Person").objects.update(name="Nobody")
    begun = Path(os.environ["PORCH_DATA"], "begun")
    if not begun.exists():
        begun.touch()
        time.sleep(60)


class Migration(migrations.Migration):
    dependencies = [("bridge", LAST), ("people", "0001_initial")]
    operations = [
        migrations.CreateModel("Half", [("id", models.BigAutoField(primary_key=True))]),
        migrations.RunPython(wait),
    ]
