from typing import get_args
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from porch.engine.jobs.actions import drop_job, retry_failed_jobs, retry_job
from porch.engine.jobs.reads import (
    SeenJob,
    State,
    count_jobs,
    see_job,
    see_jobs,
    see_recurring,
    see_rounds,
    see_workers,
)
from porch.kit.once import forget_told, go_and_tell, told
from porch.kit.paging import neighbours, page_number
from porch.kit.refusals import NotFound
from porch.kit.time import now
from porch.people.doors import SignedInRequest, operators
from porch.web.clockwork import RECURRING, ROUNDS

STATES: dict[str, State] = {each.lower(): each for each in get_args(State)}
RETRIED = "jobs-retried-"
DROPPED = "job-dropped"


@operators
def show_jobs(request: HttpRequest) -> HttpResponse:
    """What runs, waits and failed; what comes round by itself; who does it."""
    word = request.GET.get("state", "")
    state = STATES.get(word)
    page = page_number(request)
    jobs, has_more = see_jobs(state, page=page)
    shown = {
        "jobs": jobs,
        "word": word if state else "",
        "counts": count_jobs(),
        "workers": see_workers(),
        "recurring": see_recurring(RECURRING),
        "rounds": see_rounds(ROUNDS),
        "retried": retried_in(told(request)),
        "is_dropped": told(request) == DROPPED,
        **neighbours(request, page, has_more=has_more),
    }
    return forget_told(request, render(request, "desk/jobs/jobs.html", shown))


def retried_in(word: str) -> int:
    """Read how many jobs are tried again out of the word that was left."""
    number = word.removeprefix(RETRIED) if word.startswith(RETRIED) else ""
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 9 else 0


@operators
def show_job(request: HttpRequest, job: str) -> HttpResponse:
    """One job, with all that is known of it."""
    return render(request, "desk/jobs/job.html", {"job": find(job)})


@operators
@require_POST
def retry(request: SignedInRequest) -> HttpResponseBase:
    """Have a job tried again now, or all that failed."""
    wanted = request.POST.get("job", "")
    count = 1
    if wanted == "all":
        count = retry_failed_jobs(by_id=request.user.pk, at=now())
    else:
        retry_job(job_id=find(wanted).id, by_id=request.user.pk, at=now())
    return go_and_tell("jobs", word=f"{RETRIED}{count}") if count else redirect("jobs")


@operators
@require_http_methods(["GET", "HEAD", "POST"])
def drop(request: SignedInRequest, job: str) -> HttpResponseBase:
    """Ask whether a job shall be dropped, and drop it."""
    found = find(job)
    if request.method == "POST":
        drop_job(job_id=found.id, by_id=request.user.pk, at=now())
        return go_and_tell("jobs", word=DROPPED)
    return render(request, "desk/jobs/removal.html", {"job": found})


def find(text: str) -> SeenJob:
    """Find the job of an address."""
    try:
        job = see_job(UUID(text))
    except ValueError:
        job = None
    if job is None:
        raise NotFound
    return job
