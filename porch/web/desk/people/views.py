from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from porch.kit.once import forget_told, go_and_tell, told
from porch.kit.paging import neighbours, page_number
from porch.kit.refusals import NotFound
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
@require_POST
def change_way_in(request: SignedInRequest, person: int) -> HttpResponseBase:
    """Shut somebody out, or let them in again."""
    whom = find(person)
    if request.POST.get("open") == "yes":
        let_in(person=whom, by=request.user, at=now())
        return go_and_tell("people", word="person-let-in")
    shut_out(person=whom, by=request.user, at=now())
    return redirect("home") if whom.pk == request.user.pk else go_and_tell("people", word="person-shut-out")


def find(number: int) -> Person:
    """Find a person by number."""
    found = Person.objects.filter(pk=number).first()
    if found is None:
        raise NotFound
    return found
