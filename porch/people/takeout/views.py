from django.db import transaction
from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from porch.engine.files.kinds import FULL
from porch.engine.files.reads import HELD
from porch.kit.once import forget_told, go_and_tell, told
from porch.kit.refusals import NotFound, Refusal
from porch.kit.sending import send_stored
from porch.kit.time import now
from porch.people.doors import SignedInRequest, signed_in
from porch.people.sessions.devices import device_of
from porch.people.takeout.actions import ask_for_take_out, remove_take_out
from porch.people.takeout.jobs import make
from porch.people.takeout.reads import ready_of, take_outs_of

ASKED, REMOVED = "take-out-asked", "take-out-removed"


@signed_in.recently  # Whoever has it knows everything.
@require_http_methods(["GET", "HEAD", "POST"])
def show_take_out(request: SignedInRequest) -> HttpResponseBase:
    """Ask for a copy of everything, and see how far it is."""
    refusal: Refusal | None = None
    at = now()
    if request.method == "POST":
        try:
            with transaction.atomic():
                asked = ask_for_take_out(person=request.user, browser=device_of(request), at=at)
                make.enqueue(asked.pk)
            return go_and_tell("takeout", word=ASKED)
        except Refusal as refused:
            refusal = refused
    rows = take_outs_of(request.user, at=at)
    shown = {
        "rows": rows,
        "is_under_way": any(row.is_under_way for row in rows),
        "refusal": refusal,
        "is_asked": told(request) == ASKED,
        "is_removed": told(request) == REMOVED,
    }
    status = refusal.status if refusal else 200
    return forget_told(request, render(request, "people/takeout/takeout.html", shown, status=status))


@signed_in.recently
@require_safe
def send_take_out(request: SignedInRequest, takeout: int) -> HttpResponseBase:
    """Send a copy to whose it is, up to its last second."""
    row = ready_of(request.user, takeout, at=now())
    held = HELD.first(holding=row.holding_id, size=FULL)
    if held is None:
        raise NotFound
    return send_stored(
        sha256=held.stored__sha256,
        media_type=held.stored__media_type,
        name=held.holding__name,
        is_inline=False,
        cache="private, no-store",
    )


@signed_in
@require_POST
def delete_take_out(request: SignedInRequest, takeout: int) -> HttpResponseBase:
    """Remove a copy before its time."""
    remove_take_out(person=request.user, number=takeout, at=now())
    return go_and_tell("takeout", word=REMOVED)
