"""Doors: every view says who may come in. A law walks over all URLs and finds those without one."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from porch.kit.refusals import NotAllowed, NotFound
from porch.kit.time import now
from porch.people.identity.models import Operator, Person
from porch.people.sign_in.recent import is_recent

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class SignedInRequest(HttpRequest):
    """A request behind a door for people: whoever asks is one."""

    user: Person


class SignedOut(NotAllowed):
    text = _("You are signed out, so this was not done.")
    hint = _("Sign in again in another tab, and send it once more.")


# Before somebody is turned away each is asked, once, whether something has just changed for them; higher parts fill it.
SECOND_LOOKS: list[Callable[[HttpRequest, datetime], bool]] = []
# Where whoever is refused is led who is to know why, such as somebody on a pause. Higher floors add to it.
LEADS: list[Callable[[HttpRequest], str | None]] = []


class HttpResponseRedirectAgain(HttpResponseRedirect):
    status_code = 307


@dataclass(frozen=True, slots=True)
class Door:
    """Who may come in: a word for the map, and the question put to each request."""

    name: str
    admits: Callable[[HttpRequest], bool]
    wants_proof: bool = False

    @property
    def recently(self) -> "Door":
        """The same door for what is grave: whoever comes in has proved who they are in the last 15 minutes."""
        return replace(self, wants_proof=True)

    def __call__(self, view: View) -> View:
        """Guard a view. Strangers are asked to sign in; others learn only that there is nothing here."""

        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if self.admits(request):
                if self.wants_proof and not is_recent(request, at=now()):
                    return ask_for_proof(request)
                return view(request, *args, **kwargs)
            if request.user.is_authenticated:
                if any(look(request, now()) for look in SECOND_LOOKS):
                    # Asked anew, by a request that knows nothing of the first answer; 307 keeps what was sent.
                    return HttpResponseRedirectAgain(request.get_full_path())
                if request.method in ("GET", "HEAD"):
                    for page in filter(None, (lead(request) for lead in LEADS)):
                        return redirect(page)
                raise NotFound
            if request.method not in ("GET", "HEAD"):
                raise SignedOut
            return redirect_to_login(request.get_full_path())

        guarded.door = self  # type: ignore[attr-defined]
        return cast(View, guarded)


def ask_for_proof(request: HttpRequest) -> HttpResponseBase:
    """Have somebody confirm who they are and come back; what they sent waits on the page to be sent again."""
    if request.method in ("GET", "HEAD"):
        return redirect_to_login(request.get_full_path(), reverse("confirm"))
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    fields = [(name, value) for name, value in fields if name != "csrfmiddlewaretoken"]
    confirm = f"{reverse('confirm')}?{urlencode({'next': reverse('confirmed')})}"
    shown = {"fields": fields, "confirm": confirm}
    return render(request, "people/sign_in/proof_wanted.html", shown, status=403)


def is_operator(request: HttpRequest) -> bool:
    return request.user.is_authenticated and Operator.objects.filter(person_id=request.user.pk).exists()


anyone = Door("anyone", lambda request: True)
signed_in = Door("signed in", lambda request: request.user.is_authenticated)
operators = Door("operators", is_operator)
