from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from porch.people.consent.purposes import PURPOSES
from porch.people.consent.reads import register
from porch.people.doors import operators


@operators
def show_register(request: HttpRequest) -> HttpResponse:
    """What is asked for here, in which words, on what basis, and how many stand on it."""
    return render(request, "desk/consents/register.html", {"register": register(PURPOSES)})
