"""One's own password, for who wants one."""

from collections.abc import Callable

from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from porch.kit.refusals import Refusal
from porch.kit.time import now
from porch.people.account import passwords
from porch.people.account.views.answering import count_change, done
from porch.people.doors import SignedInRequest, signed_in
from porch.people.identity.models import Person
from porch.people.sessions.devices import device_of


@signed_in.recently
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def change_password(request: SignedInRequest) -> HttpResponse:
    """Set a password or change it; other browsers are signed out."""
    refusal = None
    if request.method == "POST":
        try:
            count_change(request)
            change(request, passwords.set_password, password=request.POST.get("password", ""))
            return done("account", "password")
        except Refusal as refused:
            refusal = refused
    shown = {"refusal": refusal, "has_password": request.user.has_usable_password()}
    return render(request, "people/account/password.html", shown, status=refusal.status if refusal else 200)


@signed_in.recently
@require_POST
def remove_password(request: SignedInRequest) -> HttpResponse:
    """Do without a password again."""
    count_change(request)
    change(request, passwords.remove_password)
    return done("account", "no-password")


def change(request: SignedInRequest, verb: Callable[..., Person], **given: str) -> None:
    """Change the password of whoever asks, and keep this one browser signed in."""
    keep = request.session.session_id  # type: ignore[attr-defined]
    person = verb(person=request.user, keep=keep, browser=device_of(request), at=now(), **given)
    update_session_auth_hash(request, person)
