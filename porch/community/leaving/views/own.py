from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from porch.community.leaving.actions import ARCHIVED_WITHIN, Answers, leave
from porch.community.leaving.archiving import needs_account
from porch.community.leaving.reads import is_of_membership, leaving_of, terms_of_leaving
from porch.community.leaving.returning import come_back, find_leaver
from porch.community.leaving.stopping import has_subscriptions
from porch.community.membership.models import Member
from porch.community.roles.limits import LastOwner, owns_alone
from porch.kit.once import forget_told, go_and_tell, told
from porch.kit.refusals import Refusal
from porch.kit.time import now
from porch.people.doors import SignedInRequest, anyone, signed_in
from porch.people.erasure.reads import receipt_of, subject_of

LEFT, RETURNED = "left-community", "returned"


@signed_in.recently
@require_http_methods(["GET", "HEAD", "POST"])
def show_leaving(request: SignedInRequest) -> HttpResponseBase:
    """What goes and what stays, the survey and the last button, on one page; after that, how to undo it."""
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            leave_by(request)
            return go_and_tell("leaving", word=LEFT)
        except Refusal as no:
            refusal = no
    member = Member.objects.belonging().filter(person=request.user).first()
    if member is None:
        return show_left(request, refusal)
    refusal = refusal or (LastOwner() if owns_alone(member) else None)
    lines = receipt_of(subject_of(request.user))
    shown = {
        "refusal": refusal,
        "of_membership": [line for line in lines if is_of_membership(line)],
        "of_account": [line for line in lines if not is_of_membership(line)],
        "terms": terms_of_leaving().split("\n\n"),
        "is_subscribed": has_subscriptions(request.user),
        "needs_account": needs_account(request.user),
        "days": ARCHIVED_WITHIN.days,
        "given": request.POST,
    }
    status = refusal.status if refusal and request.method == "POST" else 200
    return render(request, "community/leaving/leaving.html", shown, status=status)


def leave_by(request: SignedInRequest) -> None:
    """Leave as the form says."""
    form = request.POST
    answers = Answers(
        why=form.get("why", ""),
        what_would_have_kept=form.get("kept", ""),
        may_ask_again=form.get("again") == "yes",
    )
    leave(
        person=request.user,
        wants_erasure=form.get("then") == "erase",
        stops_mail=form.get("stop") == "yes",
        answers=answers,
        at=now(),
    )


def show_left(request: SignedInRequest, refusal: Refusal | None) -> HttpResponse:
    """Show somebody who is no member how they left and can undo it, or that there is nothing to leave."""
    leaving = leaving_of(request.user.pk)
    is_open = leaving is not None and leaving.can_be_undone(now())
    shown = {
        "leaving": leaving if is_open else None,
        "is_erased": leaving is not None and leaving.wants_erasure and not needs_account(request.user),
        "is_done": told(request) == LEFT,
        "has_address": bool(request.user.email),
        "refusal": refusal,
    }
    status = refusal.status if refusal else 200
    return forget_told(request, render(request, "community/leaving/left.html", shown, status=status))


@signed_in
@require_POST
def undo_leaving(request: SignedInRequest) -> HttpResponseBase:
    """Come back, signed in."""
    come_back(person=request.user, at=now())
    return go_and_tell("inside", word=RETURNED)


@anyone
@require_http_methods(["GET", "HEAD", "POST"])
def undo_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Ask once more, and come back: programs that look at links press no buttons."""
    at = now()
    person = find_leaver(token=token, at=at)
    if request.method == "POST":
        come_back(person=person, at=at)
    return render(request, "community/leaving/undo.html", {"is_done": request.method == "POST"})
