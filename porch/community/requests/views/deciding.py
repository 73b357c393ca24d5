"""Pages of those who decide: what waits, and one request with all that speaks for it."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST

from porch.community.requests.deciding import MOST_REASON, decide_request, reopen_request
from porch.community.requests.models import KEPT, JoinRequest, State
from porch.community.requests.reads import SHOWN, as_listed, requests_in, vouches_for
from porch.community.requests.rights import DECIDE_REQUESTS
from porch.community.requests.rules import deciders
from porch.community.roles.rules import circles_with, rights_here
from porch.kit.once import forget_told, go_and_tell, told
from porch.kit.paging import neighbours, page_number, page_of
from porch.kit.refusals import NotFound, Refusal
from porch.kit.time import now
from porch.people.doors import SignedInRequest

DONE = "request-decided"
PAGE = 20


@deciders
def show_requests(request: SignedInRequest) -> HttpResponse:
    """What waits: requests to decide, vouches that are missing, the waiting list; and what is closed."""
    number, show = page_number(request), request.GET.get("show", "decide")
    if show not in SHOWN:
        raise NotFound
    found = requests_in(circles_with(rights_here(request), DECIDE_REQUESTS), show)
    page, has_more = page_of(found, number, PAGE)
    shown = {
        "requests": page,
        "show": show,
        "filters": [(title, f"?show={name}") for name, (title, _states, _order) in SHOWN.items()],
        "here": f"?show={show}",
        **neighbours(request, number, has_more=has_more),
    }
    return render(request, "community/requests/requests.html", shown)


@deciders
def show_request(request: SignedInRequest, pk: int) -> HttpResponse:
    """One request: what was answered, who vouches, and what can be done with it."""
    return forget_told(request, request_page(request, find(request, pk)))


@deciders
@require_POST
def settle_request(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Say yes, decline, or take back what was decided."""
    asked, way, reason = find(request, pk), request.POST.get("way", ""), request.POST.get("reason", "")
    try:
        if way == "reopen":
            reopen_request(request_id=pk, by=request.user, at=now())
        elif way in ("yes", "no"):
            decide_request(request_id=pk, is_yes=way == "yes", reason=reason, by=request.user, at=now())
        else:
            raise NotFound
    except NotFound:
        raise
    except Refusal as refusal:
        return request_page(request, asked, refusal=refusal, reason=reason)
    return go_and_tell("request", pk, word=DONE)


def find(request: SignedInRequest, pk: int) -> JoinRequest:
    """Find a request that whoever asks may decide about; others are not found."""
    circles = circles_with(rights_here(request), DECIDE_REQUESTS)
    found = JoinRequest.objects.all() if circles is None else JoinRequest.objects.filter(circle__in=circles)
    asked = as_listed(found).filter(pk=pk).first()
    if asked is None:
        raise NotFound
    return asked


def request_page(
    request: SignedInRequest, asked: JoinRequest, *, refusal: Refusal | None = None, reason: str = ""
) -> HttpResponse:
    """Show a request, and what of a form could not be done with it."""
    is_own = asked.person_id == request.user.pk
    is_open = asked.closed_at is None
    shown = {
        "asked": asked,
        "answers": list(asked.answers.order_by("position")),
        "vouches": vouches_for(asked),
        "is_own": is_own,
        "can_approve": not is_own and asked.state == State.ASKED,
        "can_decline": not is_own and is_open,
        "can_reopen": not is_own
        and (asked.state == State.DECLINED or (is_open and asked.approved_at is not None)),
        "refusal": refusal,
        "reason": reason,
        "most": MOST_REASON,
        "kept_days": KEPT.days,
        "is_done": told(request) == DONE,
    }
    return render(
        request, "community/requests/request.html", shown, status=refusal.status if refusal else 200
    )
