"""A new house: its first member, the circle of all, and who owns it."""

from datetime import datetime

from django.db import transaction

from porch.community.circles.actions import found_whole
from porch.community.joining.actions import let_in
from porch.community.joining.models import Way
from porch.community.membership.models import Member
from porch.community.roles.actions import found_roles, make_first_owner
from porch.people.identity.models import Person


@transaction.atomic
def admit_founder(*, person: Person, at: datetime) -> Member:
    """Make a person a member by the command line. The first one owns the community; whoever is a member stays one."""
    whole = found_whole(at=at)
    found_roles(circle=whole, at=at)
    member = let_in(person=person, circle=whole, way=Way.FOUNDED, at=at)
    make_first_owner(member=member, circle=whole, at=at)
    return member
