"""Where somebody best begins who has just signed in and wanted no page, and who is looked at twice at a door."""

from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse

from porch.community.away.coming_back import is_just_back
from porch.community.membership.reads import is_member, standing_of
from porch.community.removal.reads import is_anything_against
from porch.people.doors import is_operator
from porch.people.identity.models import Person
from porch.web.desk.first_steps.steps import steps_of


def first_steps_of_operator(request: HttpRequest) -> str | None:
    """Lead an operator to the desk, as long as first steps wait there."""
    person = request.user
    return reverse("desk") if is_operator(request) and any(not s.is_done for s in steps_of(person)) else None


def inside_of_member(request: HttpRequest) -> str | None:
    return reverse("inside") if is_member(request.user.pk) else None


def back_from_pause(request: HttpRequest) -> str | None:
    """Lead somebody who is on a pause to where they say that they are back."""
    standing = standing_of(request.user.pk)
    return reverse("pause") if standing is not None and standing.paused_at and standing.belongs else None


def why_one_is_out(request: HttpRequest) -> str | None:
    """Lead somebody who belonged, or does, and is not here, from pages inside to where it stands why."""
    standing = standing_of(request.user.pk) if request.path.startswith(reverse("inside")) else None
    if standing is None or standing.is_here:
        return None
    if standing.belongs and standing.paused_at is not None:
        return reverse("pause")
    person: Person = request.user  # type: ignore[assignment]
    return reverse("own-removal" if is_anything_against(person) else "leaving")


def looks_again(request: HttpRequest, at: datetime) -> bool:
    """Look once more whether somebody may come in: their suspension may just have ended."""
    return isinstance(request.user, Person) and is_just_back(request.user, at=at)
