from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from porch.engine.facts.actions import ConsumerHasMovedOn, retry_consumer, skip_fact
from porch.engine.facts.reads import see_consumer, see_consumers, see_skipped, see_streams
from porch.kit.once import forget_told, go_and_tell, told
from porch.kit.refusals import NotFound
from porch.kit.time import now
from porch.people.doors import SignedInRequest, operators
from porch.web.clockwork import CONSUMERS


@operators
def show_facts(request: HttpRequest) -> HttpResponse:
    """The two streams, and how far those who hear them have come."""
    ends = see_streams()
    shown = {
        "ends": ends,
        "consumers": see_consumers(CONSUMERS, ends),
        "skipped": see_skipped(),
        "told": told(request),
    }
    return forget_told(request, render(request, "desk/facts/facts.html", shown))


@operators
@require_POST
def retry(request: SignedInRequest) -> HttpResponseBase:
    """Let a consumer that fails try again at once."""
    name = request.POST.get("consumer", "")[:100].replace("\x00", "")
    retry_consumer(consumer=name, by_id=request.user.pk, at=now())
    return go_and_tell("facts", word="consumer-retried")


@operators
@require_http_methods(["GET", "HEAD", "POST"])
def skip(request: SignedInRequest, consumer: str) -> HttpResponseBase:
    """Ask whether the fact that a consumer stands at shall be skipped, and skip it."""
    found = see_consumer(consumer.replace("\x00", ""))
    if found is None:
        raise NotFound
    if found.stuck_at is None:
        raise ConsumerHasMovedOn
    if request.method == "POST":
        if request.POST.get("fact") != str(found.stuck_at):
            raise ConsumerHasMovedOn
        skip_fact(consumer=found.name, fact_id=found.stuck_at, by_id=request.user.pk, at=now())
        return go_and_tell("facts", word="fact-skipped")
    return render(request, "desk/facts/skip.html", {"consumer": found})
