from typing import Any

from django.db.models import Q
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from porch.engine.clock.reads import clock_is_doubtful
from porch.engine.promises.by_hand import promise_by_hand, settle_by_hand
from porch.engine.promises.models import Promise
from porch.kit.ids import new_token
from porch.kit.once import forget_told, go_and_tell, told
from porch.kit.refusals import NotFound, Refusal
from porch.kit.time import now
from porch.people.doors import SignedInRequest, operators
from porch.web.desk.promises.forms import WHOM, field_at_fault, key_of, read_time, read_whom
from porch.web.promises import listing, shown

MARKED = "promise-marked"


@operators
def show_promises_at_desk(request: SignedInRequest) -> HttpResponse:
    """Every promise, those to one person too: what is due next, and how many were kept."""
    return render(request, "desk/promises/promises.html", listing(request, Q(), at=now()))


@operators
@require_http_methods(["GET", "HEAD", "POST"])
def make_promise(request: SignedInRequest) -> HttpResponse:
    """Promise something by hand. A refusal gives everything back with the reason beside it."""
    given = {name: request.POST.get(name, "") for name in ("text", "to", "person", "due", "once")}
    at, refusal = now(), None
    if request.method == "POST":
        try:
            made = promise_by_hand(
                text=given["text"],
                to=read_whom(given["to"], given["person"]),
                due_at=read_time(given["due"]),
                by_id=request.user.pk,
                at=at,
                key=key_of(given["once"]),
            )
            return redirect("promise", made.pk)
        except Refusal as no:
            refusal = no
    page: dict[str, Any] = {**given, "whom": WHOM, "refusal": refusal, "at_field": field_at_fault(refusal)}
    page["once"] = given["once"] or new_token()
    return render(request, "desk/promises/new.html", page, status=refusal.status if refusal else 200)


@operators
def show_promise(request: SignedInRequest, pk: int) -> HttpResponse:
    """One promise with its story, and what can be done with it."""
    return promise_page(request, pk)


@operators
@require_POST
def settle_promise(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Mark a promise as kept, withdrawn or made good, or take a mark back."""
    way, reason = request.POST.get("way", ""), request.POST.get("reason", "")
    try:
        settle_by_hand(
            promise_id=pk, way=way, reason=reason, by_id=request.user.pk, at=now(), hold=clock_is_doubtful()
        )
    except NotFound:
        raise
    except Refusal as refusal:
        return promise_page(request, pk, refusal=refusal, way=way, reason=reason)
    return go_and_tell("promise", pk, word=MARKED)


def promise_page(
    request: SignedInRequest, pk: int, *, refusal: Refusal | None = None, way: str = "", reason: str = ""
) -> HttpResponse:
    """Show a promise, and what of a form could not be done with it."""
    found = list(Promise.objects.filter(pk=pk).prefetch_related("story"))
    if not found:
        raise NotFound
    (owed,) = shown(found, at=now(), asks=request.user.pk)
    page = {"promise": owed, "refusal": refusal, "way": way, "reason": reason, "held": clock_is_doubtful()}
    page["changed"] = told(request) == MARKED and bool(owed.story)
    status = refusal.status if refusal else 200
    return forget_told(request, render(request, "desk/promises/promise.html", page, status=status))
