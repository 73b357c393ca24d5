"""The desk's page of jobs: what operators see and do there, and nobody else."""

from datetime import timedelta

import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult

from porch.engine.facts.pull import pull
from porch.engine.jobs.holding import claim
from porch.engine.jobs.models import JobRun
from porch.kit.time import now
from tests.engine.jobs.chores import stumble, touch
from tests.engine.jobs.conftest import enroll
from tests.village import Village, browser

PAGE = "/desk/engine/jobs/"


def failed(error: str = "ValueError: <on purpose>") -> DBTaskResult:
    result = stumble.enqueue("/a/path")
    DBTaskResult.objects.filter(pk=result.id).update(
        status="FAILED", traceback=f"Traceback\n{error}", finished_at=now()
    )
    JobRun.objects.create(job_id=result.id, attempts=6, deaths=2)
    return DBTaskResult.objects.get(pk=result.id)


def read(client: Client, path: str = PAGE) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_empty_house_says_so_and_that_no_worker_runs(ada: Client) -> None:
    page = read(ada)
    assert "There is no job here." in page
    assert "No worker is running." in page
    assert "prune-jobs" in page


def test_what_runs_waits_and_failed_is_told_apart(ada: Client) -> None:
    failed()
    touch.enqueue("/x")
    worker = enroll(host="hearth")
    assert claim(worker, at=now() + timedelta(days=1))
    touch.using(run_after=now() + timedelta(days=9)).enqueue("/later")
    page = read(ada)
    for word in (
        "stumble",
        "ValueError: &lt;on purpose&gt;",
        "hearth, process 1",
        "not before",
        "6 attempts",
    ):
        assert word in page
    assert "stumble" in read(ada, PAGE + "?state=failed")
    assert "touch" not in read(ada, PAGE + "?state=failed")
    assert "stumble" not in read(ada, PAGE + "?state=running")
    assert "No job failed." not in read(ada, PAGE + "?state=nonsense")


def test_there_are_pages(ada: Client) -> None:
    for _ in range(30):
        touch.enqueue("/x")
    assert read(ada).count(">touch</a>") == 25
    assert read(ada, PAGE + "?page=2").count(">touch</a>") == 5
    for odd in ("0", "-1", "x", "9" * 30, "²"):
        assert ada.get(PAGE + f"?page={odd}").status_code == 404
    assert "?state=ready&amp;page=2" in read(ada, PAGE + "?state=ready")


def test_one_job_is_shown_with_all_that_is_known(ada: Client) -> None:
    page = read(ada, f"{PAGE}{failed().pk}/")
    assert "tests.engine.jobs.chores.stumble(&#39;/a/path&#39;)" in page
    assert "Traceback" in page


@pytest.mark.parametrize("job", ["nonsense", "11111111-1111-1111-1111-111111111111"])
def test_a_job_that_is_not_there_is_not_found(job: str, ada: Client) -> None:
    assert ada.get(f"{PAGE}{job}/").status_code == 404
    assert ada.post(f"{PAGE}attempts/", {"job": job}).status_code == 404
    assert ada.post(f"{PAGE}{job}/removal/").status_code == 404


def test_one_that_failed_is_tried_again_with_all_its_attempts(ada: Client) -> None:
    job = failed()
    answer = ada.post(f"{PAGE}attempts/", {"job": str(job.pk)}, follow=True)
    assert "1 job is tried again." in answer.content.decode()
    run = JobRun.objects.get()
    assert (run.attempts, run.deaths) == (0, 0)
    again = claim(enroll(), at=now())
    assert again is not None
    assert again.job.pk == job.pk
    assert pull("community")[-1].kind == "JobsRetried"


def test_all_that_failed_are_tried_again(ada: Client) -> None:
    jobs = [failed(), failed(), failed()]
    answer = ada.post(f"{PAGE}attempts/", {"job": "all"}, follow=True)
    assert "3 jobs are tried again." in answer.content.decode()
    assert DBTaskResult.objects.filter(status="READY").count() == len(jobs)
    assert ada.post(f"{PAGE}attempts/", {"job": "all"}, follow=True).status_code == 200


def test_one_is_dropped_after_a_question(ada: Client) -> None:
    job = failed()
    assert "Drop this job?" in read(ada, f"{PAGE}{job.pk}/removal/")
    assert DBTaskResult.objects.exists()
    answer = ada.post(f"{PAGE}{job.pk}/removal/", follow=True)
    assert "The job is dropped." in answer.content.decode()
    assert not DBTaskResult.objects.exists()
    assert not JobRun.objects.exists()
    assert pull("community")[-1].kind == "JobDropped"


@pytest.mark.parametrize("status", ["RUNNING", "SUCCESSFUL"])
def test_what_runs_or_is_done_is_neither_retried_nor_dropped(status: str, ada: Client) -> None:
    job = failed()
    DBTaskResult.objects.update(status=status)
    assert ada.post(f"{PAGE}attempts/", {"job": str(job.pk)}).status_code == 409
    assert ada.post(f"{PAGE}{job.pk}/removal/").status_code == 409
    assert DBTaskResult.objects.get().status == status


def test_nobody_else_does_any_of_it(village: Village) -> None:
    job = failed()
    for who in ("ben", "cleo", "dov"):
        client = browser(village.cast()[who])
        assert client.get(f"{PAGE}{job.pk}/").status_code in (302, 404)
        client.post(f"{PAGE}attempts/", {"job": "all"})
        client.post(f"{PAGE}{job.pk}/removal/")
    assert DBTaskResult.objects.get().status == "FAILED"
