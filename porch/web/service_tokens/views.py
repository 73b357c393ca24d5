"""Tokens of the house: for programs that act for nobody in particular."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from porch.kit.once import forget_told, go_and_tell, told
from porch.kit.refusals import Refusal
from porch.kit.time import now
from porch.people.doors import SignedInRequest, operators
from porch.people.tokens.actions import make_service_token, revoke_service_token
from porch.people.tokens.reads import service_tokens
from porch.people.tokens.scopes import SCOPES, offered
from porch.people.tokens.views import REVOKED, asked_for, form_of


@operators
@require_safe
def show_service_tokens(request: SignedInRequest) -> HttpResponse:
    """The tokens of the house, who made each, and whether they still run the server."""
    shown = {
        "tokens": service_tokens(),
        "scopes": SCOPES,
        "at": now(),
        "is_revoked": told(request) == REVOKED,
    }
    return forget_told(request, render(request, "desk/tokens/tokens.html", shown))


@operators.recently
@require_http_methods(["GET", "HEAD", "POST"])
def add_service_token(request: SignedInRequest) -> HttpResponse:
    """Ask what a new service token is for, make it, and show its secret, this once."""
    shown = form_of(request, offered(for_house=True))
    if request.method == "POST":
        try:
            shown["made"] = make_service_token(**asked_for(request), by=request.user, at=now())
        except Refusal as refusal:
            shown["refusal"] = refusal
    status = shown["refusal"].status if shown["refusal"] else 200
    return render(request, "desk/tokens/new.html", shown, status=status)


@operators
@require_POST
def remove_service_token(request: SignedInRequest, token: int) -> HttpResponseBase:
    """Revoke a token of the house."""
    revoke_service_token(token_id=token, by=request.user, at=now())
    return go_and_tell("service-tokens", word=REVOKED)
