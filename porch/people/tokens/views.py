"""One's own tokens: what programs act for one, and how to make and revoke one."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from porch.kit.once import forget_told, go_and_tell, told
from porch.kit.refusals import Refusal
from porch.kit.time import now
from porch.people.account.views.answering import count_change
from porch.people.doors import SignedInRequest, signed_in
from porch.people.sessions.devices import device_of
from porch.people.tokens.actions import MOST_DAYS, USUAL_DAYS, make_token, revoke_token
from porch.people.tokens.reads import tokens_of
from porch.people.tokens.scopes import SCOPES, Scope, offered, offered_to

REVOKED = "token-revoked"
LIVES = (7, 30, USUAL_DAYS, MOST_DAYS)


@signed_in
@require_safe
def show_tokens(request: SignedInRequest) -> HttpResponse:
    """The tokens that work for whoever asks, and those that have run out."""
    shown = {
        "tokens": tokens_of(request.user.pk),
        "scopes": SCOPES,
        "at": now(),
        "is_revoked": told(request) == REVOKED,
    }
    return forget_told(request, render(request, "people/tokens/tokens.html", shown))


@signed_in.recently
@require_http_methods(["GET", "HEAD", "POST"])
def add_token(request: SignedInRequest) -> HttpResponse:
    """Ask what a new token is for, make it, and show its secret, this once."""
    shown = form_of(request, offered_to(request.user.pk))
    shown["is_narrowed"] = len(shown["offered"]) < len(offered(for_house=False))
    if request.method == "POST":
        try:
            count_change(request)
            browser = device_of(request)
            shown["made"] = make_token(person=request.user, **asked_for(request), browser=browser, at=now())
        except Refusal as refusal:
            shown["refusal"] = refusal
    status = shown["refusal"].status if shown["refusal"] else 200
    return render(request, "people/tokens/new.html", shown, status=status)


# Not behind the door for those who proved themselves a moment ago: whoever lost a token is in a hurry.
@signed_in
@require_POST
def remove_token(request: SignedInRequest, token: int) -> HttpResponseBase:
    """Revoke a token."""
    revoke_token(token_id=token, by=request.user, at=now())
    return go_and_tell("tokens", word=REVOKED)


def form_of(request: HttpRequest, scopes: list[Scope]) -> dict[str, Any]:
    """Give what the form for a new token shows, with what was sent of it."""
    return {
        "offered": scopes,
        "lives": [(str(days), _("%(days)s days") % {"days": days}) for days in LIVES],
        "name": request.POST.get("name", ""),
        "days": request.POST.get("days", str(USUAL_DAYS)),
        "chosen": request.POST.getlist("scope"),
        "made": None,
        "refusal": None,
    }


def asked_for(request: HttpRequest) -> dict[str, Any]:
    """Read what was asked for; days that are no number are none."""
    days = request.POST.get("days", "")
    return {
        "name": request.POST.get("name", ""),
        "scopes": request.POST.getlist("scope"),
        "days": int(days) if days.isascii() and days.isdecimal() and len(days) < 5 else 0,
    }
