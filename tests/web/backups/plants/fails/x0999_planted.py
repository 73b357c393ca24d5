from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from tests.web.backups.plants.fails import LAST


def stumble(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("people", "Person").objects.update(name="Nobody")
    raise ValueError("planted to fail")


class Migration(migrations.Migration):
    dependencies = [("bridge", LAST), ("people", "0001_initial")]
    operations = [
        migrations.CreateModel("Half", [("id", models.BigAutoField(primary_key=True))]),
        migrations.RunPython(stumble),
    ]
