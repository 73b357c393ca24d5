"""What the views of an account have in common: a count of changes, and the way back."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from porch.kit.time import now
from porch.people.doors import SignedInRequest
from porch.people.sign_in import limits


def done(name: str, said: str) -> HttpResponse:
    """Go back to a page, which says what was done."""
    return HttpResponseRedirect(f"{reverse(name)}?{urlencode({'done': said})}")


def count_change(request: SignedInRequest) -> None:
    """Count a change, so that nobody is flooded with letters."""
    limits.count(limits.CHANGES, str(request.user.pk), at=now())
