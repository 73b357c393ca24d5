from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from porch.kit.once import forget_told, tell_once, told
from porch.kit.time import now
from porch.people.doors import SignedInRequest, signed_in
from porch.people.sessions.actions import end_session, end_sessions_of
from porch.people.sessions.reads import SESSIONS_OF

ENDED = "session-ended"
WAYS = {
    "link": _("by a link"),
    "code": _("by a code"),
    "password": _("by password"),
    "passkey": _("by a passkey"),
    "provider": _("by another site"),
}


@signed_in
def show_sessions(request: SignedInRequest) -> HttpResponse:
    """Say where one is signed in."""
    found = SESSIONS_OF.all(person=request.user.pk, at=now())
    here = this_session(request)
    shown = {
        "this": next((each for each in found if each.id == here), None),
        "others": [each for each in found if each.id != here],
        "ways": WAYS,
        "is_ended": told(request) == ENDED,
    }
    return forget_told(request, render(request, "people/sessions/sessions.html", shown))


# Not behind the door for those who proved themselves a moment ago: whoever finds a stranger in the list is in a hurry.
@signed_in
@require_POST
def end_mine(request: SignedInRequest) -> HttpResponseBase:
    """End one of one's own sessions, or all but this one."""
    if request.POST.get("which") == "others":
        end_sessions_of(person=request.user, by=request.user, at=now(), keep=this_session(request))
    else:
        end_session(session_id=read_id(request), by=request.user, at=now())
    answer = redirect("sessions")
    tell_once(answer, ENDED)
    return answer


def this_session(request: HttpRequest) -> int | None:
    """Give the id of the session that asks."""
    found: int | None = request.session.session_id  # type: ignore[attr-defined]
    return found


def read_id(request: HttpRequest) -> int:
    """Read which session is meant; what is no number of one is 0, which none has."""
    text = request.POST.get("which", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0
