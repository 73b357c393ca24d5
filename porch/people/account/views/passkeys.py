"""One's own passkeys: add with a name, rename, remove."""

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from porch.kit.refusals import NotFound, Refusal
from porch.kit.text import clean_line
from porch.people.account.views.telling import count_change, done, tell
from porch.people.doors import SignedInRequest, signed_in
from porch.people.sessions.devices import name_device
from porch.people.sign_in import passkeys
from porch.people.sign_in.second_step import PASSKEY, factors_of, remove_factor

MOST = 10


class TooManyPasskeys(Refusal):
    status = 409
    text = gettext_lazy("You have ten passkeys. That is as many as one can have.")
    hint = gettext_lazy("Remove one that you no longer use.")


@signed_in.recently
@require_http_methods(["GET", "HEAD", "POST"])
def show_passkeys(request: SignedInRequest) -> HttpResponse:
    """List one's passkeys, and take a new one."""
    refusal = None
    if request.method == "POST":
        try:
            if len(factors_of(request.user, PASSKEY)) >= MOST:
                raise TooManyPasskeys
            if passkeys.wants_options(request):
                return passkeys.begin_adding(request.user)
            count_change(request)
            name = clean_name(request.POST.get("name", "") or usual_name(request))
            WebAuthn.add(request.user, name, passkeys.take_new(request.POST.get("credential", "")))
            tell(request, "passkey-added", name)
            return done("passkeys", "added")
        except Refusal as refused:
            refusal = refused
    shown = {
        "passkeys": [(each.pk, each.wrap().name, each) for each in factors_of(request.user, PASSKEY)],
        "name": request.POST.get("name", "") or usual_name(request),
        "refusal": refusal,
        "done": request.GET.get("done", ""),
        "passkeys_possible": passkeys.are_possible(),
    }
    return render(request, "people/account/passkeys.html", shown, status=refusal.status if refusal else 200)


@signed_in.recently
@require_http_methods(["GET", "HEAD", "POST"])
def rename_passkey(request: SignedInRequest, passkey: int) -> HttpResponse:
    """Give a passkey another name."""
    row = own_passkey(request, passkey)
    wrapped = row.wrap()
    shown = {"name": request.POST.get("name", wrapped.name), "refusal": None, "number": row.pk}
    if request.method == "POST":
        try:
            wrapped.name = clean_name(shown["name"])
            row.save(update_fields=["data"])
            return redirect("passkeys")
        except Refusal as refusal:
            shown["refusal"] = refusal
            return render(request, "people/account/passkey.html", shown, status=refusal.status)
    return render(request, "people/account/passkey.html", shown)


@signed_in.recently
@require_POST
def remove_passkey(request: SignedInRequest, passkey: int) -> HttpResponse:
    """Remove a passkey: it opens nothing from then on."""
    count_change(request)
    row = own_passkey(request, passkey)
    name = row.wrap().name
    remove_factor(person=request.user, factor=row)
    tell(request, "passkey-removed", name)
    return done("passkeys", "removed")


def own_passkey(request: SignedInRequest, number: int) -> Authenticator:
    """Find a passkey of whoever asks, by its number."""
    row = Authenticator.objects.filter(user_id=request.user.pk, type=PASSKEY, pk=number).first()
    if row is None:
        raise NotFound
    return row


def clean_name(name: str) -> str:
    return clean_line(name, most=60, name=_("The name"))


def usual_name(request: SignedInRequest) -> str:
    """Name a passkey after the browser in which it is made."""
    return name_device(request.META.get("HTTP_USER_AGENT", ""))
