"""The one step from a way in to the door: who knocks may come in, and what a circle asks besides is asked here."""

from datetime import datetime

from django.db import transaction

from porch.community.circles.actions import found_whole
from porch.community.circles.models import Circle
from porch.community.joining.actions import let_in
from porch.community.joining.models import Way
from porch.community.membership.models import Member
from porch.people.identity.models import Person


@transaction.atomic
def knock(
    *, person: Person, circle: Circle, way: Way, at: datetime, brought_by: Member | None = None
) -> Member | None:
    """Have somebody in a circle, and before that in the whole community where they are no member yet.

    Whether this way is open to them was asked before. Gives nobody where they have to wait. Raises what ``let_in``
    does.
    """
    if not circle.is_whole:
        let_in(person=person, circle=found_whole(at=at), way=way, brought_by=brought_by, at=at)
    return let_in(person=person, circle=circle, way=way, brought_by=brought_by, at=at)
