"""What is there after the storm, counted inside the house: ``porch manage shell`` runs it and prints JSON."""

import json
from collections import Counter
from datetime import timedelta

from django.db.models import F
from django_tasks_db.models import DBTaskResult

from porch.audience.articles.models import Article
from porch.engine.audit.models import AuditEntry
from porch.engine.facts.models import AudienceFactRow, CommunityFactRow
from porch.engine.jobs.models import JobRun
from porch.engine.outbox.models import Delivery
from porch.engine.promises.models import Promise
from porch.kit.time import now
from porch.people.delivery.jobs import look_around

GONE = timedelta(minutes=10)


def let_time_pass() -> None:
    """Do as if the time after which a silent attempt is dead, and that to the next try, had gone by."""
    for name in ("ends_at", "next_try_at", "rung_at"):
        waiting = Delivery.objects.exclude(**{name: None}).filter(state__in=["queued", "sending"])
        waiting.update(**{name: F(name) - GONE})
    DBTaskResult.objects.filter(status="READY").update(run_after=now())
    look_around(now())


def is_quiet() -> bool:
    """Say whether nothing waits and nothing is under way."""
    return not (
        Delivery.objects.filter(state__in=["queued", "sending"]).exists()
        or DBTaskResult.objects.filter(status__in=["READY", "RUNNING"]).exists()
    )


def tell() -> None:
    """Print everything that a storm may have harmed."""
    published = AudienceFactRow.objects.filter(kind="ArticlePublished")
    made = CommunityFactRow.objects.filter(kind="PromiseMade")
    print(
        json.dumps(
            {
                "articles": Counter(Article.objects.values_list("title", flat=True)),
                "article_ids": sorted(Article.objects.values_list("pk", flat=True)),
                "article_facts": sorted(row.ids["article_id"] for row in published),
                "article_acts": acts("article-published"),
                "promises": Counter(Promise.objects.values_list("text", flat=True)),
                "promise_ids": sorted(Promise.objects.values_list("pk", flat=True)),
                "promise_facts": sorted(row.ids["promise_id"] for row in made),
                "promise_acts": acts("promise-made"),
                "mails": dict(Delivery.objects.values_list("to_address", "state")),
                "mail_acts": acts("mail-tested"),
                "jobs": sorted({each.status for each in DBTaskResult.objects.all()}),
                "held": JobRun.objects.filter(worker__isnull=False).count(),
            }
        )
    )


def acts(name: str) -> int:
    return AuditEntry.objects.filter(act=name).count()
