from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from porch.kit.time import now
from porch.people.account.steps import AWAY, take_step
from porch.people.doors import SignedInRequest, operators


@operators
@require_POST
def dismiss_first_steps(request: SignedInRequest) -> HttpResponse:
    """Put the list of first steps away."""
    take_step(person=request.user, step=AWAY, at=now())
    return redirect("desk")
