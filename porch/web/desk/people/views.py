from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from porch.kit.refusals import NotFound
from porch.kit.time import now
from porch.people.doors import SignedInRequest, operators
from porch.people.identity.models import Person
from porch.people.identity.operators import appoint_operator, dismiss_operator, let_in, shut_out
from porch.people.identity.reads import people

A_PAGE = 100


@operators
def show_people(request: HttpRequest) -> HttpResponse:
    """Who can sign in here, a hundred to a page."""
    after = request.GET.get("after", "")
    rows = people(after=int(after) if after.isdecimal() and len(after) < 16 else 0, most=A_PAGE + 1)
    more = rows[A_PAGE - 1].id if len(rows) > A_PAGE else None
    shown = {"people": rows[:A_PAGE], "more": more, "done": request.GET.get("done", "")}
    return render(request, "desk/people/people.html", shown)


@operators.recently
@require_POST
def change_operator(request: SignedInRequest, person: int) -> HttpResponse:
    """Appoint somebody an operator, or dismiss them."""
    whom = find(person)
    if request.POST.get("is") == "yes":
        appoint_operator(person=whom, by=request.user, at=now())
        return back("appointed")
    dismiss_operator(person=whom, by=request.user, at=now())
    return redirect("account") if whom.pk == request.user.pk else back("dismissed")


@operators.recently
@require_POST
def change_way_in(request: SignedInRequest, person: int) -> HttpResponse:
    """Shut somebody out, or let them in again."""
    whom = find(person)
    if request.POST.get("open") == "yes":
        let_in(person=whom, by=request.user, at=now())
        return back("let-in")
    shut_out(person=whom, by=request.user, at=now())
    return redirect("home") if whom.pk == request.user.pk else back("shut-out")


def find(number: int) -> Person:
    """Find a person by number."""
    found = Person.objects.filter(pk=number).first()
    if found is None:
        raise NotFound
    return found


def back(said: str) -> HttpResponse:
    """Go back to the list, which says what was done."""
    return redirect(f"{reverse('people')}?done={said}")
