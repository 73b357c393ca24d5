from django.http import HttpRequest

from porch.community.membership.reads import MEMBERSHIP
from porch.people.doors import Door, is_operator


def looks_after_it(request: HttpRequest) -> bool:
    """Say whether somebody has a role that was given to them, or runs the server; and tell the page."""
    row = MEMBERSHIP.first(person=request.user.pk) if request.user.is_authenticated else None
    request.is_steward = row is not None and row.is_steward  # type: ignore[attr-defined]
    return (row is not None and row.is_steward) or is_operator(request)


stewards = Door("stewards", looks_after_it)
