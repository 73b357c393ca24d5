from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from porch.engine.audit.recording import MOST_REASON
from porch.kit.once import forget_told, go_and_tell, told
from porch.kit.paging import neighbours, page_number
from porch.kit.refusals import NotFound, Refusal
from porch.kit.time import now
from porch.people.doors import SignedInRequest, operators
from porch.people.identity.models import Operator, Person
from porch.people.identity.operators import appoint_operator, dismiss_operator, let_in, shut_out
from porch.people.identity.reads import people_on_page


@operators
def show_people(request: HttpRequest) -> HttpResponse:
    """Who can sign in here, a hundred to a page."""
    number = page_number(request)
    rows, has_more = people_on_page(number)
    is_lone = Operator.objects.filter(person__is_active=True).count() == 1
    shown = {
        "people": rows,
        "is_lone": is_lone,
        "told": told(request),
        **neighbours(request, number, has_more=has_more),
    }
    return forget_told(request, render(request, "desk/people/people.html", shown))


@operators.recently
@require_POST
def change_operator(request: SignedInRequest, person: int) -> HttpResponseBase:
    """Appoint somebody an operator, or dismiss them."""
    whom = find(person)
    if request.POST.get("is") == "yes":
        appoint_operator(person=whom, by=request.user, at=now())
        return go_and_tell("people", word="operator-appointed")
    dismiss_operator(person=whom, by=request.user, at=now())
    if whom.pk == request.user.pk:
        return redirect("account")
    return go_and_tell("people", word="operator-dismissed")


@operators.recently
@require_http_methods(["GET", "HEAD", "POST"])
def change_way_in(request: SignedInRequest, person: int) -> HttpResponseBase:
    """Ask why somebody is to be shut out, and shut them out; or let them in again."""
    whom, refusal = find(person), None
    reason = request.POST.get("reason", "")
    if request.POST.get("open") == "yes":
        let_in(person=whom, by=request.user, at=now())
        return go_and_tell("people", word="person-let-in")
    if request.method == "POST":
        try:
            shut_out(person=whom, by=request.user, reason=reason, at=now())
            is_me = whom.pk == request.user.pk
            return redirect("home") if is_me else go_and_tell("people", word="person-shut-out")
        except Refusal as no:
            refusal = no
    shown = {"person": whom, "reason": reason, "most_reason": MOST_REASON, "refusal": refusal}
    status = refusal.status if refusal else 200
    return render(request, "desk/people/shut_out.html", shown, status=status)


def find(number: int) -> Person:
    """Find a person by number."""
    found = Person.objects.filter(pk=number).first()
    if found is None:
        raise NotFound
    return found
