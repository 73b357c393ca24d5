"""One's own passkeys: add with a name, rename, remove."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from porch.kit.refusals import Refusal
from porch.kit.time import now
from porch.people.account import factors
from porch.people.account.views.answering import count_change, done
from porch.people.doors import SignedInRequest, signed_in
from porch.people.sessions.devices import device_of
from porch.people.sign_in import passkeys
from porch.people.sign_in.second_step import PASSKEY, factors_of


@signed_in.recently
@require_http_methods(["GET", "HEAD", "POST"])
def show_passkeys(request: SignedInRequest) -> HttpResponse:
    """List one's passkeys, and take a new one."""
    refusal = None
    if request.method == "POST":
        try:
            factors.require_room(request.user)
            if passkeys.wants_options(request):
                return passkeys.begin_adding(request.user)
            count_change(request)
            add(request)
            return done("passkeys", "added")
        except Refusal as refused:
            refusal = refused
    shown = {
        "passkeys": [(each.pk, each.wrap().name, each) for each in factors_of(request.user, PASSKEY)],
        "name": request.POST.get("name", "") or device_of(request),
        "refusal": refusal,
        "done": request.GET.get("done", ""),
        "passkeys_possible": passkeys.are_possible(),
    }
    return render(request, "people/account/passkeys.html", shown, status=refusal.status if refusal else 200)


def add(request: SignedInRequest) -> None:
    """Check a passkey that was just made, and keep it."""
    browser = device_of(request)
    name = request.POST.get("name", "") or browser
    made = passkeys.take_new(request.POST.get("credential", ""))
    factors.add_passkey(person=request.user, name=name, credential=made, browser=browser, at=now())


@signed_in.recently
@require_http_methods(["GET", "HEAD", "POST"])
def rename_passkey(request: SignedInRequest, passkey: int) -> HttpResponse:
    """Give a passkey another name."""
    row = factors.own_passkey(request.user, passkey)
    shown = {"name": request.POST.get("name", row.wrap().name), "refusal": None, "number": row.pk}
    if request.method == "POST":
        try:
            factors.rename_passkey(person=request.user, number=passkey, name=shown["name"])
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
    factors.remove_passkey(person=request.user, number=passkey, browser=device_of(request), at=now())
    return done("passkeys", "removed")
