"""Requests to come in, for those who decide, and vouches, for members."""

from typing import Annotated, Literal

from django.db.models import QuerySet
from django.http import HttpResponse
from ninja import Query, Router

from porch.community.membership.models import Member
from porch.community.requests.deciding import decide_request, reopen_request
from porch.community.requests.models import JoinRequest, State
from porch.community.requests.reads import SHOWN, as_listed, vouches_for
from porch.community.requests.rights import DECIDE_REQUESTS
from porch.community.roles.reads import rights_of
from porch.community.roles.rules import circles_with
from porch.community.vouching.actions import take_back_vouch, vouch
from porch.community.vouching.reads import within_reach
from porch.kit.refusals import NotFound
from porch.web.api.cursors import USUAL, Cursor, Limit, Part, part_of
from porch.web.api.gate import ApiRequest, Needs, Whom
from porch.web.api.members import MOST_ID
from porch.web.api_joining.scopes import REQUESTS_READ, REQUESTS_WRITE
from porch.web.api_joining.shapes import DecisionIn, RequestOut, VouchableOut, VouchIn, WholeRequestOut

Show = Annotated[
    Literal["", "decide", "vouches", "seats", "closed"],
    Query(description="Only those that wait for this, or are closed."),
]
TOLD = ("circle_id", "way", "state", "asked_at", "expires_at", "closed_at", "vouched")

router = Router(tags=["Requests"])


@router.get(
    "/requests",
    auth=Needs(REQUESTS_READ, Whom.MEMBER, somewhere=DECIDE_REQUESTS),
    response=Part[RequestOut],
    summary="List the requests to come in",
    url_name="api-requests",
)
def list_requests(
    request: ApiRequest,
    response: HttpResponse,
    show: Show = "",
    cursor: Cursor = "",
    limit: Limit = USUAL,
) -> dict[str, object]:
    """Who asked to come into the circles about which I decide."""
    found = requests_before(request)
    if show:
        found = found.filter(state__in=SHOWN[show][1])
    return part_of(request, response, found, as_request, cursor=cursor, limit=limit)


@router.get(
    "/requests/{int:wish}",
    auth=Needs(REQUESTS_READ, Whom.MEMBER, somewhere=DECIDE_REQUESTS),
    response=WholeRequestOut,
    summary="Show a request",
    url_name="api-request",
)
def show_request(request: ApiRequest, wish: int) -> dict[str, object]:
    """One request, with what was answered and who vouches."""
    return as_whole(find(request, wish))


@router.post(
    "/requests/{int:wish}/decision",
    auth=Needs(REQUESTS_WRITE, Whom.MEMBER, somewhere=DECIDE_REQUESTS),
    response=WholeRequestOut,
    summary="Decide about a request",
    url_name="api-request-decision",
)
def decide_this_request(request: ApiRequest, wish: int, body: DecisionIn) -> dict[str, object]:
    """Say yes, or no with a reason, or take it back. Whoever asked is told. A vouch or a seat may still be missing."""
    asked, by, at = find(request, wish), request.auth.someone, request.auth.at
    if body.decision == "reopen":
        reopen_request(request_id=asked.pk, by=by, at=at)
    else:
        is_yes = body.decision == "yes"
        decide_request(request_id=asked.pk, is_yes=is_yes, by=by, at=at, reason=body.reason)
    return as_whole(find(request, wish))


@router.post(
    "/requests/{int:wish}/vouch",
    auth=Needs(REQUESTS_WRITE, Whom.MEMBER),
    response={204: None},
    summary="Vouch for somebody",
    url_name="api-vouch",
)
def vouch_for(request: ApiRequest, wish: int, body: VouchIn) -> None:
    """Vouch for somebody who wants in. With the last vouch that is needed they come forward, or in."""
    if wish > MOST_ID:
        raise NotFound
    vouch(request_id=wish, by=request.auth.someone, text=body.text, at=request.auth.at)


@router.delete(
    "/requests/{int:wish}/vouch",
    auth=Needs(REQUESTS_WRITE, Whom.MEMBER),
    response={204: None},
    summary="Take back my vouch",
    url_name="api-vouch",
)
def unvouch(request: ApiRequest, wish: int) -> None:
    """Take my vouch back, as long as the request is open."""
    take_back_vouch(request_id=wish, by=request.auth.someone, at=request.auth.at)


@router.get(
    "/me/vouchable",
    auth=Needs(REQUESTS_READ, Whom.MEMBER),
    response=Part[VouchableOut],
    summary="List those for whom I may vouch",
    url_name="api-vouchable",
)
def list_vouchable(
    request: ApiRequest, response: HttpResponse, cursor: Cursor = "", limit: Limit = USUAL
) -> dict[str, object]:
    """Who wants into the circles that I am in. What they answered is for those who decide."""
    found = within_reach(Member.objects.present().get(person=request.auth.someone))
    return part_of(request, response, found, as_vouchable, cursor=cursor, limit=limit)


def as_vouchable(asked: JoinRequest) -> dict[str, object]:
    """Say of a request what a member may know who could vouch."""
    said = {name: getattr(asked, name) for name in ("id", "circle_id", "note", "asked_at", "vouched", "mine")}
    return said | {"name": asked.person.name, "vouches": asked.circle.vouches}


def requests_before(request: ApiRequest) -> QuerySet[JoinRequest]:
    """Give the requests about which whoever asks may decide."""
    where = circles_with(rights_of(request.auth.person_id), DECIDE_REQUESTS)
    found = JoinRequest.objects.all()
    return as_listed(found if where is None else found.filter(circle__in=where))


def find(request: ApiRequest, number: int) -> JoinRequest:
    """Find a request about which whoever asks may decide. Raises ``NotFound``."""
    found = requests_before(request).filter(pk=number).first()
    if found is None:
        raise NotFound
    return found


def as_request(asked: JoinRequest) -> dict[str, object]:
    """Say of a request what stands in the list."""
    return {name: getattr(asked, name) for name in TOLD} | {
        "id": asked.pk,
        "name": asked.person.name,
        "place": asked.place if asked.state == State.SEAT else None,  # type: ignore[attr-defined]
    }


def as_whole(asked: JoinRequest) -> dict[str, object]:
    """Say of a request all that those may know who decide."""
    vouches = [
        {"name": each.name, "at": each.vouch.at, "text": each.vouch.text, "counts": each.counts}
        for each in vouches_for(asked)
    ]
    answers = list(asked.answers.order_by("position").values("question", "text"))
    more = {"note": asked.note, "reason": asked.reason, "answers": answers, "vouches": vouches}
    return as_request(asked) | more
