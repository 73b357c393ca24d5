from datetime import timedelta

from django_tasks_db.models import DBTaskResult

from porch.engine.jobs.models import JobRun
from porch.engine.jobs.pruning import prune_jobs
from porch.engine.models import ClockJump
from porch.kit.time import now
from tests.engine.jobs.chores import touch


def finished(status: str, days: float) -> str:
    result = touch.enqueue("/nowhere")
    DBTaskResult.objects.filter(pk=result.id).update(status=status, finished_at=now() - timedelta(days=days))
    JobRun.objects.create(job_id=result.id)
    return str(result.id)


def kept() -> set[str]:
    return {str(each.pk) for each in DBTaskResult.objects.all()}


def test_what_was_done_is_forgotten_after_a_week_and_what_failed_after_three_months(db: None) -> None:
    finished("SUCCESSFUL", 8)
    finished("FAILED", 91)
    stays = {finished("SUCCESSFUL", 6), finished("FAILED", 89), str(touch.enqueue("/waits").id)}
    prune_jobs.call()
    assert kept() == stays
    assert JobRun.objects.count() == 2


def test_nothing_is_forgotten_while_the_clock_is_doubtful(db: None) -> None:
    stays = {finished("FAILED", 400)}
    ClockJump.objects.create(noticed_at=now(), expected_at=now(), seconds=90_000, within_boot=True)
    prune_jobs.call()
    assert kept() == stays
