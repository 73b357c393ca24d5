from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from porch.engine.clock.actions import acknowledge_jump
from porch.engine.clock.reads import clock_is_doubtful, recent_jumps
from porch.kit.time import now
from porch.people.doors import SignedInRequest, operators


@operators
def show_clock(request: HttpRequest) -> HttpResponse:
    """What the clock says, and when it jumped."""
    shown = {"at": now(), "jumps": recent_jumps(), "is_doubtful": clock_is_doubtful()}
    return render(request, "desk/clock/clock.html", shown)


@operators
@require_POST
def acknowledge(request: SignedInRequest, jump: int) -> HttpResponse:
    """Agree that the clock is right."""
    acknowledge_jump(jump_id=jump, by_id=request.user.pk, at=now())
    return redirect("clock")
