from django.http import HttpRequest

from porch.community.roles.reads import EVERY
from porch.community.roles.rules import admits, rights_here
from porch.people.doors import Door


def is_owner(request: HttpRequest) -> bool:
    """Say whether whoever asks owns the community: nobody else has every right there is."""
    return admits(
        request, any(row.right == EVERY and row.role__circle__is_whole for row in rights_here(request))
    )


owners = Door("owners", is_owner)
