"""Removing members, suspending them, and lifting that."""

from typing import Annotated, Literal

from django.http import HttpResponse
from ninja import Query, Router

from porch.community.away.actions import end_suspension, suspend_member
from porch.community.removal.actions import lift_removal, remove_member
from porch.community.removal.models import Removal
from porch.community.removal.reads import member_to_act_on, removals
from porch.community.removal.rights import REMOVE_MEMBERS
from porch.kit.refusals import NotFound
from porch.web.api.cursors import USUAL, Cursor, Limit, Part, part_of
from porch.web.api.gate import ApiRequest, Needs, Whom
from porch.web.api_belonging.scopes import REMOVALS_READ, REMOVALS_WRITE
from porch.web.api_belonging.shapes import RemovalIn, RemovalOut, SuspensionIn, SuspensionOut

State = Annotated[
    Literal["standing", "expired", "lifted"], Query(description="Those that hold, are over, or were lifted.")
]
TOLD = ("at", "reason", "message", "appeal_to", "expires_at", "lifted_at")

router = Router(tags=["Removals"])


@router.get(
    "/removals",
    auth=Needs(REMOVALS_READ, Whom.MEMBER, REMOVE_MEMBERS),
    response=Part[RemovalOut],
    summary="List the removals",
    url_name="api-removals",
)
def list_removals(
    request: ApiRequest,
    response: HttpResponse,
    state: State = "standing",
    cursor: Cursor = "",
    limit: Limit = USUAL,
) -> dict[str, object]:
    """Who was removed, why, until when, and where they can appeal."""
    found = removals(state, request.auth.at)
    return part_of(
        request, response, found, lambda each: as_removal(request, each), cursor=cursor, limit=limit
    )


@router.delete(
    "/removals/{int:removal}",
    auth=Needs(REMOVALS_WRITE, Whom.MEMBER, REMOVE_MEMBERS),
    response={204: None},
    summary="Lift a removal",
    url_name="api-removal",
)
def lift_this_removal(request: ApiRequest, removal: int) -> None:
    """Let somebody come in again by the ways that there are. That they were removed stays on record."""
    found = Removal.objects.filter(pk=removal).first()
    if found is None:
        raise NotFound
    lift_removal(removal=found, by=request.auth.someone, at=request.auth.at)


@router.post(
    "/members/{int:member}/removal",
    auth=Needs(REMOVALS_WRITE, Whom.MEMBER, REMOVE_MEMBERS),
    response=RemovalOut,
    summary="Remove a member",
    url_name="api-member-removal",
)
def remove_this_member(request: ApiRequest, member: int, body: RemovalIn) -> dict[str, object]:
    """Remove a member at once, and tell them why, until when and where they can appeal."""
    removal = remove_member(
        member=member_to_act_on(member),
        by=request.auth.someone,
        reason=body.reason,
        message=body.message,
        appeal_to=body.appeal_to,
        expires_at=body.expires_at,
        at=request.auth.at,
    )
    return as_removal(request, removal)


@router.post(
    "/members/{int:member}/suspension",
    auth=Needs(REMOVALS_WRITE, Whom.MEMBER, REMOVE_MEMBERS),
    response=SuspensionOut,
    summary="Suspend a member",
    url_name="api-member-suspension",
)
def suspend_this_member(request: ApiRequest, member: int, body: SuspensionIn) -> dict[str, object]:
    """Keep a member out until a time, and tell them why; who is suspended already gets the new time."""
    made = suspend_member(
        member=member_to_act_on(member),
        until=body.until,
        reason=body.reason,
        by=request.auth.someone,
        at=request.auth.at,
    )
    return {"since": made.since, "until": made.until, "reason": made.reason}


@router.delete(
    "/members/{int:member}/suspension",
    auth=Needs(REMOVALS_WRITE, Whom.MEMBER, REMOVE_MEMBERS),
    response={204: None},
    summary="End a suspension",
    url_name="api-member-suspension",
)
def end_this_suspension(request: ApiRequest, member: int) -> None:
    """Let a suspended member in again before the time."""
    end_suspension(member=member_to_act_on(member), by=request.auth.someone, at=request.auth.at)


def as_removal(request: ApiRequest, removal: Removal) -> dict[str, object]:
    """Say of a removal what those may know who remove members."""
    return {name: getattr(removal, name) for name in TOLD} | {
        "id": removal.pk,
        "name": removal.person.name if removal.person else None,
        "by": removal.by.name if removal.by else None,
        "stands": removal.stands(request.auth.at),
    }
