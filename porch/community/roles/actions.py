"""The verbs of roles."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from porch.community.circles.models import Circle
from porch.community.membership.models import Member
from porch.community.roles.models import Role, RoleHolder, RoleRight
from porch.community.roles.reads import EVERY, MEMBER, OWNER, STEWARD
from porch.community.roles.rights import RIGHTS


@transaction.atomic
def found_roles(*, circle: Circle, at: datetime) -> None:
    """Give the whole community the three roles that Porch makes; what is there already stays as it is."""
    names = {OWNER: _("Owner"), STEWARD: _("Steward"), MEMBER: _("Member")}
    for key, name in names.items():
        role, is_new = Role.objects.get_or_create(
            circle=circle, key=key, defaults={"name": name, "made_at": at}
        )
        if is_new:
            given = (
                [EVERY] if key == OWNER else [each.name for each in RIGHTS.values() if key in each.given_to]
            )
            RoleRight.objects.bulk_create(RoleRight(role=role, right=right) for right in given)


@transaction.atomic
def make_first_owner(*, member: Member, circle: Circle, at: datetime) -> None:
    """Let the first member of a new house own it."""
    owner = Role.objects.get(circle=circle, key=OWNER)
    if not RoleHolder.objects.filter(role=owner).exists():
        RoleHolder.objects.create(role=owner, member=member, given_at=at)
