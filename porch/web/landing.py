"""Where somebody best begins who has just signed in and wanted no page."""

from django.http import HttpRequest
from django.urls import reverse

from porch.community.membership.reads import is_member
from porch.people.doors import is_operator
from porch.web.desk.first_steps.steps import steps_of


def first_steps_of_operator(request: HttpRequest) -> str | None:
    """Lead an operator to the desk, as long as first steps wait there."""
    person = request.user
    return reverse("desk") if is_operator(request) and any(not s.is_done for s in steps_of(person)) else None


def inside_of_member(request: HttpRequest) -> str | None:
    return reverse("inside") if is_member(request.user.pk) else None
