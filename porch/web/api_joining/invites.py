"""Invitations, for those who may invite."""

from typing import Annotated, Literal

from django.http import HttpResponse
from ninja import Query, Router

from porch.community.circles.models import Circle
from porch.community.invite_lists.actions import invite_addresses
from porch.community.invites.actions import make_link, revoke_invite
from porch.community.invites.letters import link_of
from porch.community.invites.models import Invite
from porch.community.invites.reads import invites, state_of
from porch.community.invites.rights import INVITE
from porch.community.roles.reads import rights_of
from porch.community.roles.rules import circles_with
from porch.kit.refusals import NotFound
from porch.web.api.cursors import USUAL, Cursor, Limit, Part, part_of
from porch.web.api.gate import ApiRequest, Needs, Whom
from porch.web.api_joining.scopes import INVITES_READ, INVITES_WRITE
from porch.web.api_joining.shapes import AddressesIn, InviteOut, LinkIn, LinkOut, ReportOut

State = Annotated[
    Literal["", "open", "used", "expired", "revoked"], Query(description="Only those in this state.")
]
HEADING = "addresses"

router = Router(tags=["Invitations"])


@router.get(
    "/invites",
    auth=Needs(INVITES_READ, Whom.MEMBER, somewhere=INVITE),
    response=Part[InviteOut],
    summary="List the invitations",
    url_name="api-invites",
)
def list_invites(
    request: ApiRequest,
    response: HttpResponse,
    state: State = "",
    cursor: Cursor = "",
    limit: Limit = USUAL,
) -> dict[str, object]:
    """The invitations into the circles to which I may invite. Their links are not kept."""
    at = request.auth.at
    found = invites(circles_with(rights_of(request.auth.person_id), INVITE), state=state, address="", at=at)
    return part_of(
        request, response, found, lambda each: as_invite(request, each), cursor=cursor, limit=limit
    )


@router.post(
    "/invites",
    auth=Needs(INVITES_WRITE, Whom.MEMBER, somewhere=INVITE),
    response=LinkOut,
    summary="Make an invitation",
    url_name="api-invites",
)
def make_invite(request: ApiRequest, body: LinkIn) -> dict[str, object]:
    """Make a link by which so many people come into a circle. It is in the answer, once."""
    invite, token = make_link(
        circle=circle_for(request, body.circle_id),
        by=request.auth.someone,
        uses=body.uses,
        days=body.days,
        note=body.note,
        at=request.auth.at,
    )
    return {**as_invite(request, invite), "link": link_of(token)}


@router.post(
    "/invites/addresses",
    auth=Needs(INVITES_WRITE, Whom.MEMBER, INVITE),
    response=ReportOut,
    summary="Invite a list of addresses",
    url_name="api-invite-addresses",
)
def invite_list(request: ApiRequest, body: AddressesIn) -> dict[str, object]:
    """Have a letter with an invitation sent to each address, and say which got none and why. At most 10,000 at once.

    There is a number for each day, told in PORCH_INVITES_A_DAY: what is left beyond it can be sent again after
    ``go_on_at``, and nobody is invited twice.
    """
    report = invite_addresses(
        circle=circle_for(request, body.circle_id),
        by=request.auth.someone,
        # The first line may be a heading: with one, nothing of the list is taken for it.
        text="\n".join([HEADING, *body.addresses]),
        days=body.days,
        note=body.note,
        at=request.auth.at,
    )
    refused = [
        {"position": line - 1, "address": text, "reason": str(why)} for line, text, why in report.refused
    ]
    told = {"invited": report.invited, "left": report.left, "go_on_at": report.go_on_at}
    return told | {"refused": refused, "refused_in_all": sum(report.counts.values())}


@router.delete(
    "/invites/{int:invite}",
    auth=Needs(INVITES_WRITE, Whom.MEMBER, somewhere=INVITE),
    response={204: None},
    summary="Revoke an invitation",
    url_name="api-invite",
)
def revoke_this_invite(request: ApiRequest, invite: int) -> None:
    """Let nobody else in by an invitation; whoever came in stays."""
    found = invites(
        circles_with(rights_of(request.auth.person_id), INVITE), state="", address="", at=request.auth.at
    )
    row = found.filter(pk=invite).first()
    if row is None:
        raise NotFound
    revoke_invite(invite=row, by=request.auth.someone, at=request.auth.at)


def circle_for(request: ApiRequest, number: int) -> Circle:
    """Find a circle into which whoever asks may invite. Raises ``NotFound``."""
    where = circles_with(rights_of(request.auth.person_id), INVITE)
    found = Circle.objects.filter(pk=number).first() if where is None or number in where else None
    if found is None:
        raise NotFound
    return found


def as_invite(request: ApiRequest, invite: Invite) -> dict[str, object]:
    """Say of an invitation what those may know who may revoke it."""
    names = ("circle_id", "address", "note", "used", "made_at", "expires_at")
    return {name: getattr(invite, name) for name in names} | {
        "id": invite.pk,
        "uses": invite.most_uses,
        "by_member_id": invite.made_by_id,
        "state": state_of(invite, request.auth.at),
    }
