"""What every change of an account does when it is done: tell the person by letter, and say so on the page."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from porch.kit.time import now
from porch.people.doors import SignedInRequest
from porch.people.sign_in import limits
from porch.people.sign_in.letters import tell_change


def tell(request: SignedInRequest, change: str, what: str = "", *, also: str = "") -> None:
    """Send a letter about a change to the main address, and to one more where that is concerned."""
    for address in sorted({request.user.email or "", also} - {""}):
        tell_change(request, change=change, what=what, to=address, at=now())


def done(name: str, said: str) -> HttpResponse:
    """Go back to a page, which says what was done."""
    return HttpResponseRedirect(f"{reverse(name)}?{urlencode({'done': said})}")


def count_change(request: SignedInRequest) -> None:
    """Count a change, so that nobody is flooded with letters."""
    limits.count(limits.CHANGES, str(request.user.pk), at=now())
