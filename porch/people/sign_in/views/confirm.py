"""Confirming that it is still oneself, before something grave: nobody is waived, whatever they have set up."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from porch.kit.refusals import BadInput, Refusal
from porch.kit.time import now
from porch.people.doors import SignedInRequest, signed_in
from porch.people.identity.models import Person
from porch.people.sessions.devices import device_of
from porch.people.sign_in import limits, passkeys
from porch.people.sign_in.codes import CONFIRM, CodeIsSpent, spend_code
from porch.people.sign_in.letters import can_send, mail_code
from porch.people.sign_in.next_page import wanted_page
from porch.people.sign_in.recent import note_proof
from porch.people.sign_in.second_step import APP, PASSKEY, check_step, factors_of
from porch.people.sign_in.views.ways import place

ASKED = "confirm_code"


class PasswordIsWrong(BadInput):
    text = _("That is not your password.")


def ways_of(person: Person) -> list[str]:
    """Name the ways in which somebody can confirm: a code by mail only where there is nothing else."""
    kinds = {each.type for each in factors_of(person)}
    ways = ["passkey"] if PASSKEY in kinds else []
    ways += ["password"] if person.has_usable_password() else []
    ways += ["app"] if APP in kinds else []
    return ways or (["mail"] if person.email else ["link"])


@signed_in
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: SignedInRequest) -> HttpResponse:
    """Ask who it is, check the answer, and go back to where one was."""
    ways = ways_of(request.user)
    refusal = None
    if request.method == "POST":
        if "passkey" in ways and passkeys.wants_options(request):
            return passkeys.begin_showing(request.user)
        try:
            if take_answer(request, ways):
                note_proof(request, at=now())
                return HttpResponseRedirect(wanted_page(request) or reverse("account"))
        except Refusal as refused:
            refusal = refused
    shown: dict[str, object] = {"ways": ways, "refusal": refusal, "next": wanted_page(request)}
    shown |= {"is_sent": ASKED in request.session, "can_send": can_send()}
    return render(request, "people/sign_in/confirm.html", shown, status=refusal.status if refusal else 200)


def take_answer(request: SignedInRequest, ways: list[str]) -> bool:
    """Check an answer and say whether it proves the person; to be sent a code proves nothing yet."""
    at, way = now(), request.POST.get("way", "")
    if way not in ways or way == "link":
        return False
    if way == "passkey":
        passkeys.check_shown(request.POST.get("credential", ""), request.user).record_usage()
        return True
    if way == "app":
        code, browser = request.POST.get("code", ""), device_of(request)
        check_step(person=request.user, code=code, at=at, browser=browser, rate=limits.CONFIRMATIONS)
        return True
    if way == "mail" and "code" not in request.POST:
        send_code(request)
        return False
    limits.count(limits.CONFIRMATIONS, str(request.user.pk), at=at)
    if way == "password":
        check_password(request)
    else:
        ticket = request.session.get(ASKED, "")
        spent = spend_code(purpose=CONFIRM, ticket=ticket, code=request.POST["code"], at=at)
        if spent.person_id != request.user.pk:
            raise CodeIsSpent
        del request.session[ASKED]
    limits.forgive(limits.CONFIRMATIONS, str(request.user.pk))
    return True


def send_code(request: SignedInRequest) -> None:
    """Send a code to the main address of whoever asks."""
    at, address = now(), request.user.email or ""
    limits.count(limits.LETTERS_FROM_PLACE, place(request), at=at)
    limits.count(limits.LETTERS_TO_ADDRESS, address, at=at)
    issued = mail_code(request, purpose=CONFIRM, person=request.user, address=address, at=at)
    request.session[ASKED] = issued.ticket


def check_password(request: SignedInRequest) -> None:
    """Refuse a password that is not of whoever asks."""
    if not request.user.check_password(request.POST.get("password", "")[:1000]):
        raise PasswordIsWrong


@signed_in
def show_confirmed(request: HttpRequest) -> HttpResponse:
    """Say that it is confirmed, for who came here from a page that waits in another tab."""
    return render(request, "people/sign_in/confirmed.html")
