"""One's own account: the overview and the name."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from porch.kit.refusals import Refusal
from porch.kit.time import now
from porch.people.account import actions
from porch.people.account.slots import ROOMS
from porch.people.account.views.answering import count_change, done
from porch.people.doors import SignedInRequest, signed_in
from porch.people.identity.addresses import addresses_of
from porch.people.sessions.devices import device_of
from porch.people.sign_in import passkeys
from porch.people.sign_in.oidc import provider_label
from porch.people.sign_in.second_step import APP, PASSKEY, RECOVERY, factors_of, wants_second_step


@signed_in
def show_account(request: SignedInRequest) -> HttpResponse:
    """How one comes in, on one page, and the doors to everything else about oneself."""
    kinds = [each.type for each in factors_of(request.user)]
    shown = {
        "done": request.GET.get("done", ""),
        "addresses": addresses_of(request.user),
        "passkeys": kinds.count(PASSKEY),
        "has_app": APP in kinds,
        "has_codes": RECOVERY in kinds,
        "has_password": request.user.has_usable_password(),
        "second_step": wants_second_step(request.user),
        "passkeys_possible": passkeys.are_possible(),
        "provider": provider_label(),
        "rooms": ROOMS.render(request),
    }
    return render(request, "people/account/account.html", shown)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def change_name(request: SignedInRequest) -> HttpResponse:
    """Change the name under which others see one."""
    shown: dict[str, object] = {"name": request.POST.get("name", request.user.name), "refusal": None}
    if request.method == "POST":
        try:
            count_change(request)
            name, browser = request.POST.get("name", ""), device_of(request)
            actions.change_name(person=request.user, name=name, browser=browser, at=now())
            return done("account", "name")
        except Refusal as refusal:
            shown["refusal"] = refusal
            return render(request, "people/account/name.html", shown, status=refusal.status)
    return render(request, "people/account/name.html", shown)
