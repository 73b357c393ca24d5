from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from porch.community.register.rights import SEE_REGISTER
from porch.community.roles.rules import having
from porch.kit.once import forget_told, go_and_tell, told
from porch.kit.time import now
from porch.people.doors import SignedInRequest
from porch.people.holdings.counting import register
from porch.people.holdings.jobs import ask_for_count

ASKED = "register-asked"


@having(SEE_REGISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def show_purposes(request: SignedInRequest) -> HttpResponseBase:
    """Every purpose for which something is held of people, and how many stand on it; a POST has it counted anew."""
    if request.method == "POST":
        ask_for_count(at=now())
        return go_and_tell("register", word=ASKED)
    purposes = register()
    counted = [each.count.at for each in purposes if each.count]
    shown = {
        "purposes": purposes,
        "counted_at": min(counted) if counted else None,
        "is_asked": told(request) == ASKED,
    }
    return forget_told(request, render(request, "community/register/register.html", shown))
