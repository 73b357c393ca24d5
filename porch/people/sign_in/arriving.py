"""The last steps of every way in: allauth's stages, then the session, with a new key."""

from datetime import datetime
from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import Login
from allauth.account.stages import LoginStageController
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from porch.people.identity.models import Person
from porch.people.sessions.rules import WAY
from porch.people.sign_in.next_page import landing
from porch.people.sign_in.recent import note_proof
from porch.people.sign_in.second_step import SecondStepStage


def come_in(request: HttpRequest, person: Person, *, by: str, wanted: str) -> HttpResponse:
    """Go on after a first proof: to the second step where one is wanted, else inside."""
    record_authentication(request, person, method=by)
    return go_on(request, Login(person, redirect_url=wanted or None))


def come_in_by_passkey(request: HttpRequest, passkey: Authenticator, *, wanted: str) -> HttpResponse:
    """Go on after a passkey, which shows two things at once: that one holds it, and who one is."""
    person = Person.objects.get(pk=passkey.user_id)
    post_authentication(request, passkey, passwordless=True)
    return go_on(request, Login(person, redirect_url=wanted or None))


def come_in_by_link(request: HttpRequest, person: Person, *, wanted: str, at: datetime) -> HttpResponse:
    """Go on after a link of the command line: whoever holds it holds the server, so it needs no second step."""
    clear_login(request)
    login(request, person)
    request.session[WAY] = "link"
    note_proof(request, at=at)
    return HttpResponseRedirect(wanted or landing(request))


def go_on(request: HttpRequest, arrival: Login) -> HttpResponse:
    """Hand somebody to allauth's stages, which end in the session."""
    response: HttpResponse = perform_login(request, arrival)
    return response


def pending(request: HttpRequest) -> Any:
    """Give the stage of somebody who has shown the first thing in this browser, and not yet the second."""
    return LoginStageController.enter(request, SecondStepStage.key)
