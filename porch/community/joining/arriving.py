"""What the pages of every way in share: the code that proves an address, and coming in with it."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from porch.community.membership.models import Member
from porch.kit.once import go_and_tell
from porch.kit.refusals import Refusal
from porch.people.identity.addresses import find_by_address
from porch.people.identity.models import Person
from porch.people.sign_in.arriving import come_in
from porch.people.sign_in.letters import can_send
from porch.people.sign_up.actions import sign_up
from porch.people.sign_up.asking import Asked, ask_for_code, asked_here, prove

WELCOME, WAITING = "welcome", "request-sent"
Enter = Callable[[Person, datetime], Member | None]


def take_name_and_address(request: HttpRequest, *, then: str, at: datetime) -> HttpResponse:
    """Send a code to the address in a form, and lead to the page that takes it."""
    name, address = request.POST.get("name", ""), request.POST.get("address", "")
    ask_for_code(request, address=address, name=name, at=at)
    return redirect(then)


def take_code(
    request: HttpRequest,
    *,
    back: str,
    enter: Enter,
    shown: dict[str, object],
    at: datetime,
    waits_at: str = "my-requests",
) -> HttpResponseBase:
    """Show the page for the code, take it, and have whoever proved their address in.

    ``back`` is where one began, ``waits_at`` the name of the page for whoever is not in at once.
    """
    asked = asked_here(request)
    if asked is None or request.user.is_authenticated:
        return redirect(back)
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            address = prove(request, asked, code=request.POST.get("code", ""), at=at)
            return arrive(request, asked, address=address, enter=enter, wanted=back, at=at, waits_at=waits_at)
        except Refusal as refused:
            refusal = refused
    shown |= {"asked": asked, "back": back, "refusal": refusal, "can_send": can_send()}
    # Once the code is spent another is needed: the page offers it, and takes no code that cannot fit.
    shown["is_over"] = asked_here(request) is None
    return render(request, "community/joining/code.html", shown, status=refusal.status if refusal else 200)


def arrive(
    request: HttpRequest,
    asked: Asked,
    *,
    address: str,
    enter: Enter,
    wanted: str,
    at: datetime,
    waits_at: str,
) -> HttpResponseBase:
    """Have in whoever has proved an address. Of somebody new nothing is kept unless they come in.

    Whoever is somebody here already signs in first; with a second step, they come back to where they began.
    """
    known = find_by_address(address)
    if known is None:
        person, member = sign_up_and_enter(address=address, name=asked.name, enter=enter, at=at)
        come_in(request, person, by="code", wanted="")
        return welcome(member, waits_at)
    answer = come_in(request, known, by="code", wanted=wanted)
    if request.user.pk != known.pk:
        return answer
    return welcome(enter(known, at), waits_at)


@transaction.atomic
def sign_up_and_enter(*, address: str, name: str, enter: Enter, at: datetime) -> tuple[Person, Member | None]:
    """Make a person and have them in, both or neither."""
    person = sign_up(address=address, name=name, at=at)
    return person, enter(person, at)


def welcome(member: Member | None, waits_at: str = "my-requests") -> HttpResponseBase:
    """Lead inside, with a word of welcome; or, where one has to wait or to ask, to the page that says for what."""
    if member:
        return go_and_tell("inside", word=WELCOME)
    return go_and_tell(waits_at, word=WAITING) if waits_at == "my-requests" else redirect(waits_at)
