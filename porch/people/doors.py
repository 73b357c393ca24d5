"""Doors: every view says who may come in. A law walks over all URLs and finds those without one."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from porch.kit.refusals import NotAllowed, NotFound
from porch.people.identity.models import Operator, Person

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class SignedInRequest(HttpRequest):
    """A request behind a door for people: whoever asks is one."""

    user: Person


class SignedOut(NotAllowed):
    text = _("You are signed out, so this was not done.")
    hint = _("Sign in again in another tab, and send it once more.")


@dataclass(frozen=True, slots=True)
class Door:
    """Who may come in: a word for the map, and the question put to each request."""

    name: str
    admits: Callable[[HttpRequest], bool]

    def __call__(self, view: View) -> View:
        """Guard a view. Strangers are asked to sign in; others learn only that there is nothing here."""

        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if self.admits(request):
                return view(request, *args, **kwargs)
            if request.user.is_authenticated:
                raise NotFound
            if request.method not in ("GET", "HEAD"):
                raise SignedOut
            return redirect_to_login(request.get_full_path())

        guarded.door = self  # type: ignore[attr-defined]
        return cast(View, guarded)


def is_operator(request: HttpRequest) -> bool:
    return request.user.is_authenticated and Operator.objects.filter(person_id=request.user.pk).exists()


anyone = Door("anyone", lambda request: True)
signed_in = Door("signed in", lambda request: request.user.is_authenticated)
operators = Door("operators", is_operator)
