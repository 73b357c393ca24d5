"""One's own second step: an app for codes, whether one is asked, and recovery codes."""

import base64

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import TOTP, clear_totp_secret, get_totp_secret, validate_totp_code
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from porch.kit.refusals import Refusal
from porch.kit.time import now
from porch.people.account.views.telling import count_change, done, tell
from porch.people.doors import SignedInRequest, signed_in
from porch.people.sign_in import limits
from porch.people.sign_in.second_step import (
    APP,
    PASSKEY,
    RECOVERY,
    NothingToAskFor,
    StepIsWrong,
    ask_for_second_step,
    factors_of,
    make_recovery_codes,
    remove_factor,
    stop_second_step,
    wants_second_step,
)


@signed_in.recently
@require_http_methods(["GET", "HEAD", "POST"])
def show_second_factor(request: SignedInRequest) -> HttpResponse:
    """Whether one is asked for a second step, and by what one can answer."""
    if request.method == "POST":
        count_change(request)
        if request.POST.get("ask") == "yes":
            ask_for_second_step(person=request.user, at=now())
            tell(request, "second-on")
            return show_new_codes(request)
        stop_second_step(person=request.user)
        tell(request, "second-off")
        return done("second-factor", "off")
    kinds = [each.type for each in factors_of(request.user)]
    shown = {
        "passkeys": kinds.count(PASSKEY),
        "has_app": APP in kinds,
        "is_asked": wants_second_step(request.user),
        "codes_left": codes_left(request) if RECOVERY in kinds else 0,
        "done": request.GET.get("done", ""),
    }
    return render(request, "people/account/second_factor.html", shown)


@signed_in.recently
@require_http_methods(["GET", "HEAD", "POST"])
def add_app(request: SignedInRequest) -> HttpResponse:
    """Show the secret for an app as a picture and as letters, and take the first code that it gives."""
    if factors_of(request.user, APP):
        return done("second-factor", "")
    secret = get_totp_secret()
    refusal = None
    if request.method == "POST":
        has_codes = bool(factors_of(request.user, RECOVERY))
        try:
            keep_app(request, secret)
            # Who has recovery codes keeps them: they may be printed and put away.
            return done("second-factor", "app") if has_codes else show_new_codes(request)
        except Refusal as refused:
            refusal = refused
    adapter = get_adapter()
    picture = adapter.build_totp_svg(adapter.build_totp_url(request.user, secret))
    shown = {
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "picture": "data:image/svg+xml;base64," + base64.b64encode(picture.encode()).decode(),
        "refusal": refusal,
    }
    return render(request, "people/account/app.html", shown, status=refusal.status if refusal else 200)


def keep_app(request: SignedInRequest, secret: str) -> None:
    """Keep an app once it has given a right code, and ask for a second step from then on."""
    at = now()
    count_change(request)
    limits.count(limits.CONFIRMATIONS, str(request.user.pk), at=at)
    if not validate_totp_code(secret, request.POST.get("code", "")[:40]):
        raise StepIsWrong
    limits.forgive(limits.CONFIRMATIONS, str(request.user.pk))
    try:
        with transaction.atomic():
            TOTP.activate(request.user, secret)
            ask_for_second_step(person=request.user, at=at)
    except IntegrityError as error:  # two tabs at once: one of them has done it
        raise StepIsWrong from error
    clear_totp_secret(request)
    tell(request, "app-added")


@signed_in.recently
@require_POST
def remove_app(request: SignedInRequest) -> HttpResponse:
    """Remove the app: its codes are worth nothing from then on."""
    count_change(request)
    for factor in factors_of(request.user, APP):
        remove_factor(person=request.user, factor=factor)
        tell(request, "app-removed")
    return done("second-factor", "app-removed")


@signed_in.recently
@require_http_methods(["GET", "HEAD", "POST"])
def show_recovery_codes(request: SignedInRequest) -> HttpResponse:
    """Say how many recovery codes are left, and make new ones."""
    if request.method == "POST":
        if not wants_second_step(request.user):
            raise NothingToAskFor
        count_change(request)
        tell(request, "recovery-new")
        return show_new_codes(request)
    shown = {"left": codes_left(request), "is_asked": wants_second_step(request.user), "codes": []}
    return render(request, "people/account/recovery_codes.html", shown)


def show_new_codes(request: SignedInRequest) -> HttpResponse:
    """Make recovery codes and show them, this once."""
    codes = make_recovery_codes(person=request.user)
    shown = {"codes": codes, "left": len(codes), "is_asked": True}
    return render(request, "people/account/recovery_codes.html", shown)


def codes_left(request: SignedInRequest) -> int:
    return sum(len(each.wrap().get_unused_codes()) for each in factors_of(request.user, RECOVERY))
