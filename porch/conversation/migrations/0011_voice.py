from typing import Any

from django.conf import settings
from django.db import migrations, models


def give(apps: Any, schema_editor: Any) -> None:
    """Stewards of houses that stand already get the right that those of new ones have."""
    right = apps.get_model("community", "RoleRight")
    for role in apps.get_model("community", "Role").objects.filter(key="steward"):
        right.objects.get_or_create(role=role, right="speak-for-all")


class Migration(migrations.Migration):

    dependencies = [
        ('conversation', '0010_moderation'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(give, migrations.RunPython.noop),
        migrations.AddField(
            model_name='post',
            name='voice',
            field=models.PositiveSmallIntegerField(choices=[(0, 'A member'), (1, 'Steward'), (2, 'Organisation')], default=0),
        ),
        migrations.AddField(
            model_name='topic',
            name='voice',
            field=models.PositiveSmallIntegerField(choices=[(0, 'A member'), (1, 'Steward'), (2, 'Organisation')], default=0),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(('voice__in', [0, 1, 2])), name='a_post_has_one_of_the_voices'),
        ),
        migrations.AddConstraint(
            model_name='topic',
            constraint=models.CheckConstraint(condition=models.Q(('voice__in', [0, 1, 2])), name='a_topic_has_one_of_the_voices'),
        ),
    ]
