"""One's own addresses: add and prove, make one the main one, remove."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from porch.kit.refusals import Refusal
from porch.kit.time import now
from porch.people.account import actions
from porch.people.account.views.answering import count_change, done
from porch.people.doors import SignedInRequest, signed_in
from porch.people.identity.addresses import (
    addresses_of,
    is_free,
    sign_in_address,
)
from porch.people.sessions.devices import device_of
from porch.people.sign_in import limits
from porch.people.sign_in.codes import ADDRESS, CodeIsSpent, spend_code
from porch.people.sign_in.letters import can_send, mail_code
from porch.people.sign_in.views.ways import place

ASKED = "address_code"


@signed_in.recently
@require_http_methods(["GET", "HEAD", "POST"])
def show_addresses(request: SignedInRequest) -> HttpResponse:
    """List one's addresses, and send a code to one that is to be added."""
    refusal = None
    if request.method == "POST":
        try:
            ask_for_proof(request, sign_in_address(request.POST.get("address", "")))
            return redirect("address-code")
        except Refusal as refused:
            refusal = refused
    shown = {
        "addresses": addresses_of(request.user),
        "address": request.POST.get("address", ""),
        "refusal": refusal,
        "done": request.GET.get("done", ""),
        "can_send": can_send(),
    }
    return render(request, "people/account/address.html", shown, status=refusal.status if refusal else 200)


def ask_for_proof(request: SignedInRequest, address: str) -> None:
    """Send a code to an address; to one that is somebody's already goes none, and nothing tells it."""
    at = now()
    limits.count(limits.LETTERS_FROM_PLACE, place(request), at=at)
    limits.count(limits.LETTERS_TO_ADDRESS, address, at=at)
    limits.count(limits.LETTERS_IN_A_DAY, address, at=at)
    whose = request.user if is_free(address) else None
    issued = mail_code(request, purpose=ADDRESS, person=whose, address=address, at=at)
    request.session[ASKED] = {"ticket": issued.ticket, "address": address}


@signed_in.recently
@require_http_methods(["GET", "HEAD", "POST"])
def prove_address(request: SignedInRequest) -> HttpResponse:
    """Take the code that was sent to a new address, and add the address."""
    asked = request.session.get(ASKED)
    if not asked:
        return redirect("addresses")
    refusal = None
    if request.method == "POST":
        try:
            at = now()
            limits.count(limits.CONFIRMATIONS, str(request.user.pk), at=at)
            code = request.POST.get("code", "")
            spent = spend_code(purpose=ADDRESS, ticket=asked["ticket"], code=code, at=at)
            if spent.person_id != request.user.pk:
                raise CodeIsSpent
            del request.session[ASKED]
            browser = device_of(request)
            actions.add_address(person=request.user, address=spent.address, browser=browser, at=at)
            return done("addresses", "added")
        except Refusal as refused:
            refusal = refused
    shown = {"address": asked["address"], "refusal": refusal, "can_send": can_send()}
    return render(
        request, "people/account/address_code.html", shown, status=refusal.status if refusal else 200
    )


@signed_in.recently
@require_POST
def change_main(request: SignedInRequest, address: int) -> HttpResponse:
    """Make one of one's addresses the one to which letters go."""
    count_change(request)
    actions.change_main(person=request.user, number=address, browser=device_of(request), at=now())
    return done("addresses", "main")


@signed_in.recently
@require_POST
def remove_address(request: SignedInRequest, address: int) -> HttpResponse:
    """Remove one of one's addresses."""
    count_change(request)
    actions.remove_address(person=request.user, number=address, browser=device_of(request), at=now())
    return done("addresses", "removed")
