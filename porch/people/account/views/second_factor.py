"""One's own second step: an app for codes, whether one is asked, and recovery codes."""

import base64

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import clear_totp_secret, get_totp_secret
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from porch.kit.refusals import Refusal
from porch.kit.time import now
from porch.people.account import factors
from porch.people.account.views.answering import count_change, done
from porch.people.doors import SignedInRequest, signed_in
from porch.people.sessions.devices import device_of
from porch.people.sign_in.second_step import APP, PASSKEY, RECOVERY, factors_of, wants_second_step


@signed_in.recently
@require_http_methods(["GET", "HEAD", "POST"])
def show_second_factor(request: SignedInRequest) -> HttpResponse:
    """Whether one is asked for a second step, and by what one can answer."""
    if request.method == "POST":
        count_change(request)
        at, browser = now(), device_of(request)
        if request.POST.get("ask") == "yes":
            codes = factors.start_second_step(person=request.user, browser=browser, at=at)
            return show_new_codes(request, codes)
        factors.end_second_step(person=request.user, browser=browser, at=at)
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
        try:
            codes = take_app(request, secret)
            return show_new_codes(request, codes) if codes else done("second-factor", "app")
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


def take_app(request: SignedInRequest, secret: str) -> list[str]:
    """Keep an app by the first code that it gives."""
    count_change(request)
    code, browser = request.POST.get("code", ""), device_of(request)
    codes = factors.add_app(person=request.user, secret=secret, code=code, browser=browser, at=now())
    clear_totp_secret(request)
    return codes


@signed_in.recently
@require_POST
def remove_app(request: SignedInRequest) -> HttpResponse:
    """Remove the app: its codes are worth nothing from then on."""
    count_change(request)
    factors.remove_app(person=request.user, browser=device_of(request), at=now())
    return done("second-factor", "app-removed")


@signed_in.recently
@require_http_methods(["GET", "HEAD", "POST"])
def show_recovery_codes(request: SignedInRequest) -> HttpResponse:
    """Say how many recovery codes are left, and make new ones."""
    if request.method == "POST":
        count_change(request)
        codes = factors.new_recovery_codes(person=request.user, browser=device_of(request), at=now())
        return show_new_codes(request, codes)
    shown = {"left": codes_left(request), "is_asked": wants_second_step(request.user), "codes": []}
    return render(request, "people/account/recovery_codes.html", shown)


def show_new_codes(request: SignedInRequest, codes: list[str]) -> HttpResponse:
    """Show new recovery codes, this once."""
    shown = {"codes": codes, "left": len(codes), "is_asked": True}
    return render(request, "people/account/recovery_codes.html", shown)


def codes_left(request: SignedInRequest) -> int:
    return sum(len(each.wrap().get_unused_codes()) for each in factors_of(request.user, RECOVERY))
