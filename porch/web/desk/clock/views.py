from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST

from porch.engine.clock.actions import acknowledge_jump
from porch.engine.clock.reads import clock_is_doubtful, recent_jumps
from porch.kit.once import forget_told, go_and_tell, told
from porch.kit.time import now
from porch.people.doors import SignedInRequest, operators

ACKNOWLEDGED = "clock-acknowledged"


@operators
def show_clock(request: HttpRequest) -> HttpResponse:
    """What the clock says, and when it jumped."""
    shown = {"at": now(), "jumps": recent_jumps(), "is_doubtful": clock_is_doubtful()}
    shown["is_acknowledged"] = told(request) == ACKNOWLEDGED
    return forget_told(request, render(request, "desk/clock/clock.html", shown))


@operators
@require_POST
def acknowledge(request: SignedInRequest, jump: int) -> HttpResponseBase:
    """Agree that the clock is right."""
    acknowledge_jump(jump_id=jump, by_id=request.user.pk, at=now())
    return go_and_tell("clock", word=ACKNOWLEDGED)
