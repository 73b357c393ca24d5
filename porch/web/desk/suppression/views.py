from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from porch.kit.addresses import NotAnAddress
from porch.kit.once import forget_told, go_and_tell, told
from porch.kit.time import now
from porch.people.consent.purposes import BY_NAME, PURPOSES
from porch.people.doors import SignedInRequest, operators
from porch.people.suppression.actions import suppress, take_back
from porch.people.suppression.models import EVERYTHING, Reason
from porch.people.suppression.reads import are_unreadable, suppressions_of

UNDONE = "suppression-undone"


@operators.recently
@require_http_methods(["GET", "HEAD", "POST"])
def check_address(request: SignedInRequest) -> HttpResponse:
    """Say whether one address is suppressed, why and since when. There is no list: nothing here holds an address."""
    shown: dict[str, object] = {
        "address": request.POST.get("address", "").strip(),
        "scope": request.POST.get("scope", "everything"),
        "scopes": [
            ("everything", _("everything")),
            *((each.name, each.current.shown_title) for each in PURPOSES if each.is_optional),
        ],
        "titles": {each.name: each.current.shown_title for each in PURPOSES},
        "found": None,
        "refusal": None,
        "added": None,
        "is_undone": request.method == "GET" and told(request) == UNDONE,
        "are_unreadable": are_unreadable(),
    }
    status = 200
    if request.method == "POST":
        try:
            shown |= act_on(request, str(shown["address"]))
        except NotAnAddress as refusal:
            shown["refusal"], status = refusal, refusal.status
    page = render(request, "desk/suppression/suppression.html", shown, status=status)
    return forget_told(request, page)


def act_on(request: SignedInRequest, address: str) -> dict[str, object]:
    """Look an address up, and suppress it before where that was asked."""
    added = None
    if request.POST.get("then") == "suppress":
        at, scope = now(), request.POST.get("scope", "")
        row = suppress(
            address=address,
            reason=Reason.OPERATOR,
            scope=scope if scope in BY_NAME else EVERYTHING,
            by=request.user,
            at=at,
        )
        # What was there before is not undone with a press of today.
        added = row if row.since == at else None
    return {"found": suppressions_of(address), "added": added}


@operators.recently
@require_POST
def take_suppression_back(request: SignedInRequest) -> HttpResponseBase:
    """Undo an entry made by hand a moment ago."""
    number = request.POST.get("suppression", "")
    take_back(
        suppression_id=int(number) if number.isdecimal() and len(number) < 19 else 0,
        by=request.user,
        at=now(),
    )
    return go_and_tell("suppression", word=UNDONE)
