"""The words of posts, and the index of each database over them, with what was said before there was one."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from porch.conversation.search.engines import MAKE, UNMAKE
from porch.conversation.search.words import words_of

BATCH = 500


def make(apps: Any, schema_editor: Any) -> None:
    for each in MAKE[schema_editor.connection.vendor]:
        schema_editor.execute(each)


def unmake(apps: Any, schema_editor: Any) -> None:
    for each in UNMAKE[schema_editor.connection.vendor]:
        schema_editor.execute(each)


def fill(apps: Any, schema_editor: Any) -> None:
    entry = apps.get_model("conversation", "Entry")
    posts = apps.get_model("conversation", "Post").objects.order_by("pk").select_related("topic")
    last = 0
    while found := list(posts.filter(pk__gt=last).only("number", "html", "topic__title", "topic__space")[:BATCH]):
        entry.objects.bulk_create(
            entry(
                post_id=each.pk,
                words=words_of(each.topic.title if each.number == 1 else "", each.html, each.topic.space_id),
            )
            for each in found
        )
        last = found[-1].pk


class Migration(migrations.Migration):

    dependencies = [
        ('conversation', '0004_direct'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('post', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='conversation.post')),
                ('words', models.TextField()),
            ],
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(fields=['at', 'id'], name='posts_by_time'),
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(condition=models.Q(('number', 1)), fields=['id'], name='posts_that_begin_topics'),
        ),
        migrations.RunPython(make, unmake),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
