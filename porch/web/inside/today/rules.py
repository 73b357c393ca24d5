from django.http import HttpRequest

from porch.community.roles.models import RoleHolder
from porch.people.doors import Door, is_operator


def looks_after_it(request: HttpRequest) -> bool:
    """Say whether somebody runs the server, or has a role that was given to them."""
    person = request.user.pk
    if person is None:
        return False
    held = RoleHolder.objects.filter(member__person_id=person, member__left_at__isnull=True)
    return held.exists() or is_operator(request)


stewards = Door("stewards", looks_after_it)
