from django.http import HttpRequest

from porch.community.membership.reads import MEMBERSHIP
from porch.people.doors import Door


def admits_member(request: HttpRequest) -> bool:
    """Say whether whoever asks belongs, and tell the page what stands in its header: one query for all of it."""
    row = MEMBERSHIP.first(person=request.user.pk) if request.user.is_authenticated else None
    request.is_steward = row is not None and row.is_steward  # type: ignore[attr-defined]
    request.member_id = row.id if row is not None else None  # type: ignore[attr-defined]
    request.waiting = row.waiting if row is not None else 0  # type: ignore[attr-defined]
    return row is not None


members = Door("members", admits_member)
