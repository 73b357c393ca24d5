from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from porch.engine.files.reads import look_at_store
from porch.people.doors import operators


@operators
def show_files(request: HttpRequest) -> HttpResponse:
    """What is stored, the largest of it, and what the last check found. No names: they are their senders'."""
    return render(request, "desk/files/files.html", {"kept": look_at_store()})
