"""The ways in, each a page: a code by mail, a password, a passkey, and the second step."""

from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from porch.kit.refusals import BadInput, Refusal
from porch.kit.time import now
from porch.people.doors import anyone
from porch.people.identity.addresses import person_at, sign_in_address
from porch.people.identity.models import Person
from porch.people.sessions.devices import device_of
from porch.people.sign_in import limits, passkeys
from porch.people.sign_in.arriving import come_in, come_in_by_passkey, pending
from porch.people.sign_in.codes import SIGN_IN, CodeIsSpent, CodeIsWrong, spend_code
from porch.people.sign_in.letters import can_send, mail_code
from porch.people.sign_in.next_page import next_page, wanted_page
from porch.people.sign_in.oidc import provider_label
from porch.people.sign_in.second_step import APP, PASSKEY, RECOVERY, check_step, factors_of
from porch.people.sign_in.slots import NEWCOMERS

ASKED = "sign_in_code"
answers = require_http_methods(["GET", "HEAD", "POST"])


class AddressOrPasswordIsWrong(BadInput):
    text = _("This address and this password do not belong together.")
    hint = _("Only who has set a password has one. A code by mail works without.")


@anyone
@answers
def show_sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for an address, and send a code there. What follows is the same whether somebody here has it."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(next_page(request))
    shown: dict[str, object] = {"address": request.POST.get("address", ""), "refusal": None}
    if request.method == "POST":
        try:
            return ask_for_code(request, sign_in_address(request.POST.get("address", "")))
        except Refusal as refusal:
            shown["refusal"] = refusal
    return page(request, "people/sign_in/sign_in.html", shown)


def ask_for_code(request: HttpRequest, address: str) -> HttpResponse:
    """Count, make a code, write the letter; only whether it is sent depends on whose address it is."""
    at = now()
    limits.count(limits.LETTERS_FROM_PLACE, place(request), at=at)
    limits.count(limits.LETTERS_TO_ADDRESS, address, at=at)
    limits.count(limits.LETTERS_IN_A_DAY, address, at=at)
    issued = mail_code(request, purpose=SIGN_IN, person=person_at(address), address=address, at=at)
    request.session[ASKED] = {"ticket": issued.ticket, "address": address}
    return redirect(with_next(request, "sign-in-code"))


@anyone
@answers
def enter_code(request: HttpRequest) -> HttpResponse:
    """Take the code that was sent to the address, in the browser that asked for it."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(next_page(request))
    asked = request.session.get(ASKED)
    if not asked:
        return redirect(with_next(request, "sign-in"))
    shown = {"address": asked["address"], "refusal": None}
    if request.method == "POST":
        try:
            person = spend_sent_code(request, asked["ticket"])
            return come_in(request, person, by="code", wanted=wanted_page(request))
        except (CodeIsWrong, CodeIsSpent, limits.TooManyTries) as refusal:
            shown["refusal"] = refusal
    return page(request, "people/sign_in/code.html", shown)


def spend_sent_code(request: HttpRequest, ticket: str) -> Person:
    """Count the try by place, and hold the code against what went out.

    Not by address: each letter is good for five tries and letters are counted, and whoever has the right code must
    not find the door shut by somebody who had none.
    """
    at = now()
    limits.count(limits.CODES_FROM_PLACE, place(request), at=at)
    code = request.POST.get("code", "")
    spent = spend_code(purpose=SIGN_IN, ticket=ticket, code=code, at=at)
    person = person_at(spent.address)
    if person is None or person.pk != spent.person_id:
        raise CodeIsSpent
    del request.session[ASKED]
    return person


@anyone
@sensitive_post_parameters("password")
@answers
def enter_password(request: HttpRequest) -> HttpResponse:
    """Take an address and a password, where somebody has set one."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(next_page(request))
    shown: dict[str, object] = {"address": request.POST.get("address", ""), "refusal": None}
    if request.method == "POST":
        try:
            person = whose_password(request, sign_in_address(request.POST.get("address", "")))
            return come_in(request, person, by="password", wanted=wanted_page(request))
        except Refusal as refusal:
            shown["refusal"] = refusal
    return page(request, "people/sign_in/password.html", shown)


def whose_password(request: HttpRequest, address: str) -> Person:
    """Find whose address and password these are; one answer for every way in which they are nobody's."""
    at = now()
    limits.count(limits.PASSWORDS_FROM_PLACE, place(request), at=at)
    limits.count(limits.PASSWORDS_FOR_ADDRESS, address, at=at)
    person = authenticate(request, email=address, password=request.POST.get("password", "")[:1000])
    if not isinstance(person, Person):
        raise AddressOrPasswordIsWrong
    limits.forgive(limits.PASSWORDS_FOR_ADDRESS, address)
    return person


@anyone
@answers
def show_passkey(request: HttpRequest) -> HttpResponse:
    """Take a passkey, which names its person by itself. Nobody can guess one; counted is who has challenges made."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(next_page(request))
    if request.method == "POST" and passkeys.wants_options(request):
        limits.count(limits.CHALLENGES_FROM_PLACE, place(request), at=now())
        return passkeys.begin_showing()
    shown: dict[str, object] = {"refusal": None}
    if request.method == "POST" and request.POST.get("credential"):
        try:
            passkey = passkeys.check_shown(request.POST["credential"])
            return come_in_by_passkey(request, passkey, wanted=wanted_page(request))
        except passkeys.PasskeyDoesNotFit as refusal:
            shown["refusal"] = refusal
    return page(request, "people/sign_in/passkey.html", shown)


@anyone
@answers
def take_second_step(request: HttpRequest) -> HttpResponse:
    """Take the second step of somebody who has taken the first in this browser."""
    stage = pending(request)
    if stage is None or not stage.person.is_active:
        return redirect("sign-in")
    person = stage.person
    if passkeys.wants_options(request):
        return passkeys.begin_showing(person)
    refusal = None
    if request.method == "POST":
        try:
            show_second_factor(request, person)
            response: HttpResponse = stage.exit()
            return response
        except Refusal as refused:
            refusal = refused
    kinds = {each.type for each in factors_of(person)}
    shown: dict[str, object] = {"refusal": refusal, "has_passkey": PASSKEY in kinds, "has_app": APP in kinds}
    return page(request, "people/sign_in/second_step.html", shown | {"has_codes": RECOVERY in kinds})


def show_second_factor(request: HttpRequest, person: Person) -> None:
    """Check a passkey or a code."""
    if request.POST.get("credential"):
        passkeys.check_shown(request.POST["credential"], person).record_usage()
        return
    code, browser = request.POST.get("code", ""), device_of(request)
    check_step(person=person, code=code, at=now(), browser=browser)


def page(request: HttpRequest, template: str, shown: dict[str, object]) -> HttpResponse:
    """Render a page of a way in, with the status of what it refuses."""
    refusal = shown["refusal"]
    status = refusal.status if isinstance(refusal, Refusal) else 200
    shown |= {
        "next": wanted_page(request),
        "can_send": can_send(),
        "passkeys_possible": passkeys.are_possible(),
        "provider": provider_label(),
        "newcomers": NEWCOMERS.render(request),
    }
    return render(request, template, shown, status=status)


def with_next(request: HttpRequest, name: str) -> str:
    """Give an address that carries along which page was wanted."""
    wanted = wanted_page(request)
    return reverse(name) + (f"?{urlencode({'next': wanted})}" if wanted else "")


def place(request: HttpRequest) -> str:
    return limits.place_of(str(request.META.get("REMOTE_ADDR", "")))
