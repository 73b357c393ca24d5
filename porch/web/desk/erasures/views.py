from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from porch.kit.paging import neighbours, page_number, page_of
from porch.kit.refusals import BadInput, NotFound, Refusal
from porch.kit.text import clean_line
from porch.kit.time import now
from porch.people.doors import SignedInRequest, operators
from porch.people.erasure.actions import erase_person
from porch.people.erasure.models import Erasure
from porch.people.erasure.reads import receipt_of, subject_of
from porch.people.identity.names import find_person

PAGE = 20


class NotSaidToBeSure(BadInput):
    text = _("Nobody was erased: you did not say that you are sure.")
    hint = _("Look at what would go, tick the box, and send it again.")


@operators.recently  # What it does cannot be undone.
@require_http_methods(["GET", "HEAD", "POST"])
def show_erasures(request: SignedInRequest) -> HttpResponse:
    """Look somebody up, see what erasing them would do, and do it; below, the receipts of those who are gone."""
    given = request.POST if request.method == "POST" else request.GET
    who, reason, refusal = given.get("who", ""), request.POST.get("reason", ""), None
    if request.method == "POST":
        try:
            return redirect("erasure", erase(request, who, reason).pk)
        except Refusal as no:
            refusal = no
    person = find_person(who) if who else None
    number = page_number(request)
    erasures, has_more = page_of(Erasure.objects.order_by("-id"), number, PAGE)
    page = {
        "who": who,
        "reason": reason,
        "person": person,
        "lines": receipt_of(subject_of(person)) if person else [],
        "refusal": refusal,
        "erasures": erasures,
        **neighbours(request, number, has_more=has_more),
    }
    return render(request, "desk/erasures/erasures.html", page, status=refusal.status if refusal else 200)


def erase(request: SignedInRequest, who: str, reason: str) -> Erasure:
    """Erase whoever was looked up, for a reason, by somebody who says that they are sure."""
    person = find_person(who)
    if person is None:
        raise NotFound
    reason = clean_line(reason, most=500, name=_("reason"))
    if request.POST.get("sure") != "yes":
        raise NotSaidToBeSure
    erase_person(person=person, by=request.user, at=now(), reason=reason)
    return Erasure.objects.get(person_id=person.pk)


@operators
def show_erasure(request: SignedInRequest, pk: int) -> HttpResponse:
    """The receipt of one erasure."""
    erasure = Erasure.objects.filter(pk=pk).first()
    if erasure is None:
        raise NotFound
    return render(request, "desk/erasures/receipt.html", {"erasure": erasure, "lines": erasure.receipt})
