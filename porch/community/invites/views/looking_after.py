"""Invites for those who may invite: the list, and what is done to one of them."""

from datetime import datetime

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from porch.community.invites.actions import SLIP_OF_THE_HAND, restore_invite, revoke_invite, send_again
from porch.community.invites.models import Invite
from porch.community.invites.reads import PAGE, STATES, invites, line_of, with_names
from porch.community.invites.rights import INVITE
from porch.community.invites.rules import circles_to_invite, inviters
from porch.community.roles.rules import circles_with, rights_here
from porch.kit.once import forget_told, go_and_tell, told
from porch.kit.paging import neighbours, page_number, page_of
from porch.kit.refusals import NotFound, Text
from porch.kit.text import read_number
from porch.kit.time import now
from porch.people.doors import SignedInRequest

REVOKED, RESTORED, SENT = "invite-revoked-", "invite-restored", "invite-sent-again"


@inviters
def show_invites(request: SignedInRequest) -> HttpResponseBase:
    """List the invites into whatever circles one may invite to."""
    at, number = now(), page_number(request)
    state = request.GET.get("state", "")
    address = request.GET.get("address", "").strip()
    scope = circles_with(rights_here(request), INVITE)
    found, has_more = page_of(invites(scope, state=state, address=address, at=at), number, PAGE)
    word = told(request)
    shown = {
        "invites": [line_of(each, at=at, slip=SLIP_OF_THE_HAND) for each in with_names(found)],
        "state": state if state in STATES else "",
        "address": address,
        "tabs_of_states": [(_("All"), reverse("invites")), *tabs()],
        "told": word,
        "may_send": scope is None,
        "just_revoked": just_revoked(word, request, at),
        **neighbours(request, number, has_more=has_more),
    }
    return forget_told(request, render(request, "community/invites/invites.html", shown))


def tabs() -> list[tuple[Text, str]]:
    return [(text, f"?state={state}") for state, (text, _select) in STATES.items()]


def just_revoked(word: str, request: HttpRequest, at: datetime) -> int | None:
    """Give the number of the invite that was revoked a moment ago, as long as that can be undone."""
    if not word.startswith(REVOKED):
        return None
    since = at - SLIP_OF_THE_HAND
    found = Invite.objects.filter(pk=read_number(word.removeprefix(REVOKED)) or 0, revoked_at__gt=since)
    return found.filter(circle__in=circles_to_invite(request.user.pk)).values_list("pk", flat=True).first()


@inviters
@require_POST
def change_revocation(request: SignedInRequest, invite: int) -> HttpResponseBase:
    """Revoke an invite, or undo that."""
    found = invite_for(request, invite)
    if request.POST.get("then") == "undo":
        restore_invite(invite=found, by=request.user, at=now())
        return go_and_tell("invites", word=RESTORED)
    revoke_invite(invite=found, by=request.user, at=now())
    return go_and_tell("invites", word=f"{REVOKED}{found.pk}")


@inviters
@require_POST
def send_letter_again(request: SignedInRequest, invite: int) -> HttpResponseBase:
    """Send the letter of an invite once more."""
    send_again(invite=invite_for(request, invite), by=request.user, at=now())
    return go_and_tell("invites", word=SENT)


def invite_for(request: SignedInRequest, number: int) -> Invite:
    """Find an invite that whoever asks may look after. Raises ``NotFound``."""
    found = Invite.objects.filter(pk=number, circle__in=circles_to_invite(request.user.pk)).first()
    if found is None:
        raise NotFound
    return found
