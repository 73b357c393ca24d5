"""Sanctions and appeals: one's own, and those of members for whoever may remove them."""

from django.http import HttpResponse
from ninja import Router

from porch.community.removal.reads import member_to_act_on
from porch.community.removal.rights import REMOVE_MEMBERS
from porch.engine.clock.reads import clock_is_doubtful
from porch.kit.refusals import NotFound
from porch.moderation.appeals.actions import decide_appeal, make_appeal
from porch.moderation.appeals.models import Appeal
from porch.moderation.appeals.reads import appeals_before, appeals_waiting_before
from porch.moderation.sanctions.actions import lift, strike
from porch.moderation.sanctions.models import Strike
from porch.web.api.cursors import USUAL, Cursor, Limit, Part, part_of
from porch.web.api.gate import ApiRequest, Needs, Whom
from porch.web.api_care.review import read_sentence
from porch.web.api_care.scopes import SAFETY_READ, SAFETY_WRITE, SANCTIONS_READ, SANCTIONS_WRITE
from porch.web.api_care.shapes import AppealDecisionIn, AppealIn, AppealOut, SentenceIn, StrikeOut

STRIKE = ("id", "kind", "why", "message", "at", "until", "expires_at", "lifted_at")

router = Router(tags=["Sanctions"])


@router.get(
    "/me/strikes",
    auth=Needs(SAFETY_READ, Whom.PERSON),
    response=Part[StrikeOut],
    summary="List sanctions against me",
    url_name="api-my-strikes",
)
def list_own_strikes(
    request: ApiRequest, response: HttpResponse, cursor: Cursor = "", limit: Limit = USUAL
) -> dict[str, object]:
    """What was done against me, why, and until when; also for who is kept out."""
    found = Strike.objects.filter(person=request.auth.someone).select_related("appeal")
    return part_of(request, response, found, as_strike, cursor=cursor, limit=limit)


@router.post(
    "/me/strikes/{int:number}/appeal",
    auth=Needs(SAFETY_WRITE, Whom.PERSON),
    response={204: None},
    summary="Appeal",
    url_name="api-my-appeal",
)
def appeal_against(request: ApiRequest, number: int, body: AppealIn) -> None:
    """Say that a sanction against me is wrong, once. Somebody else decides where there is somebody."""
    make_appeal(strike_id=number, words=body.words, by=request.auth.someone, at=request.auth.at)


@router.get(
    "/members/{int:member}/strikes",
    auth=Needs(SANCTIONS_READ, Whom.MEMBER, REMOVE_MEMBERS),
    response=Part[StrikeOut],
    summary="List sanctions against a member",
    url_name="api-member-strikes",
)
def list_strikes(
    request: ApiRequest, response: HttpResponse, member: int, cursor: Cursor = "", limit: Limit = USUAL
) -> dict[str, object]:
    """What was done against a member, or somebody who was one."""
    found = Strike.objects.filter(person=member_to_act_on(member).person).select_related("appeal")
    return part_of(request, response, found, as_strike, cursor=cursor, limit=limit)


@router.post(
    "/members/{int:member}/strikes",
    auth=Needs(SANCTIONS_WRITE, Whom.MEMBER, REMOVE_MEMBERS),
    response=StrikeOut,
    summary="Sanction a member",
    url_name="api-member-strikes",
)
def strike_this_member(request: ApiRequest, member: int, body: SentenceIn) -> dict[str, object]:
    """Warn, silence, suspend or remove a member, and tell them why. Each counts for 180 days."""
    about, by, at = member_to_act_on(member).person, request.auth.someone, request.auth.at
    return as_strike(strike(person=about, sentence=read_sentence(body), by=by, at=at))


@router.delete(
    "/strikes/{int:number}",
    auth=Needs(SANCTIONS_WRITE, Whom.MEMBER, REMOVE_MEMBERS),
    response=StrikeOut,
    summary="Lift a sanction",
    url_name="api-strike",
)
def lift_this_strike(request: ApiRequest, number: int) -> dict[str, object]:
    """Have a sanction not count any more, and give back what it kept somebody from."""
    return as_strike(lift(strike_id=number, by=request.auth.someone, at=request.auth.at))


@router.get(
    "/appeals",
    auth=Needs(SANCTIONS_READ, Whom.MEMBER, REMOVE_MEMBERS),
    response=Part[AppealOut],
    summary="List the appeals",
    url_name="api-appeals",
)
def list_appeals(
    request: ApiRequest, response: HttpResponse, cursor: Cursor = "", limit: Limit = USUAL
) -> dict[str, object]:
    """Appeals of others against sanctions that wait to be decided."""
    found = appeals_waiting_before(request.auth.someone.pk)
    return part_of(request, response, found, as_appeal, cursor=cursor, limit=limit)


@router.post(
    "/appeals/{int:number}/decision",
    auth=Needs(SANCTIONS_WRITE, Whom.MEMBER, REMOVE_MEMBERS),
    response=AppealOut,
    summary="Decide an appeal",
    url_name="api-appeal-decision",
)
def decide_this_appeal(request: ApiRequest, number: int, body: AppealDecisionIn) -> dict[str, object]:
    """Lift a sanction or let it stand, with words. Whoever decided before leaves it to somebody else."""
    decide_appeal(
        strike_id=number,
        is_lifted=body.is_lifted,
        answer=body.answer,
        by=request.auth.someone,
        at=request.auth.at,
        hold=clock_is_doubtful(),
    )
    found = appeals_before(request.auth.someone.pk).filter(pk=number).first()
    if found is None:
        raise NotFound
    return as_appeal(found)


def as_strike(made: Strike) -> dict[str, object]:
    """Say of a sanction what whom it is about learns too."""
    return {name: getattr(made, name) for name in STRIKE} | {"has_appeal": hasattr(made, "appeal")}


def as_appeal(appeal: Appeal) -> dict[str, object]:
    """Say of an appeal what those see who decide."""
    struck = appeal.strike
    said = {name: getattr(appeal, name) for name in ("words", "at", "decided_at", "is_lifted", "answer")}
    return said | {
        "strike_id": struck.pk,
        "name": struck.person.name,
        "decided_by": struck.by.name if struck.by else None,
        "kind": struck.kind,
        "why": struck.why,
        "message": struck.message,
    }
