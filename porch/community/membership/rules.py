from django.http import HttpRequest

from porch.community.membership.reads import MEMBERSHIP
from porch.people.doors import Door


def admits_member(request: HttpRequest) -> bool:
    """Say whether whoever asks belongs, and tell the page whether they look after something: one query for both."""
    row = MEMBERSHIP.first(person=request.user.pk) if request.user.is_authenticated else None
    request.is_steward = row is not None and row.is_steward  # type: ignore[attr-defined]
    return row is not None


members = Door("members", admits_member)
