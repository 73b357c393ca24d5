"""One's own password, for who wants one."""

from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from porch.kit.refusals import BadInput, Refusal
from porch.kit.time import now
from porch.people.account.views.telling import count_change, done, tell
from porch.people.doors import SignedInRequest, signed_in
from porch.people.identity.models import Person
from porch.people.sessions.actions import end_sessions_of

LONGEST = 1000


class PasswordIsWeak(BadInput):
    text = _("%(why)s")


@signed_in.recently
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def change_password(request: SignedInRequest) -> HttpResponse:
    """Set a password or change it; other browsers are signed out."""
    refusal = None
    if request.method == "POST":
        try:
            count_change(request)
            set_password(request, request.POST.get("password", ""))
            tell(request, "password-set")
            return done("account", "password")
        except Refusal as refused:
            refusal = refused
    shown = {"refusal": refusal, "has_password": request.user.has_usable_password()}
    return render(request, "people/account/password.html", shown, status=refusal.status if refusal else 200)


def set_password(request: SignedInRequest, password: str) -> None:
    """Keep a password, unless it is one that would be guessed."""
    try:
        if len(password) > LONGEST:
            raise ValidationError(_("That is longer than a password may be."))
        validate_password(password, request.user)
    except ValidationError as error:
        raise PasswordIsWeak(why=" ".join(error.messages)) from error
    person = request.user
    person.set_password(password)
    keep_password(request, person)


@transaction.atomic
def keep_password(request: SignedInRequest, person: Person) -> None:
    """Write what is set, and sign every other browser out, its live pages too."""
    person.save(update_fields=["password"])
    update_session_auth_hash(request, person)
    end_sessions_of(person=person, by=person, at=now(), keep=request.session.session_id)  # type: ignore[attr-defined]


@signed_in.recently
@require_POST
def remove_password(request: SignedInRequest) -> HttpResponse:
    """Do without a password again."""
    count_change(request)
    person = request.user
    person.set_unusable_password()
    keep_password(request, person)
    tell(request, "password-removed")
    return done("account", "no-password")
