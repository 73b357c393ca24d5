"""A community is not left without an owner: asked before an owner goes by themselves."""

from django.utils.translation import gettext_lazy as _

from porch.community.membership.models import Member
from porch.community.roles.models import RoleHolder
from porch.community.roles.reads import OWNER
from porch.kit.refusals import Conflict
from porch.people.identity.models import Person


class LastOwner(Conflict):
    text = _("You are the only owner of this community, so you stay.")
    hint = _(
        "Hand the community over to another member first. A community without an owner is run by nobody."
    )


def require_another_owner(person: Person) -> None:
    """Refuse the only owner, as long as somebody else is here to own it. Raises ``LastOwner``.

    Asked while taking turns: of two owners who go at one moment, the second one stays.
    """
    others = Member.objects.present().filter(person__is_active=True).exclude(person=person)
    owners = RoleHolder.objects.filter(role__key=OWNER, role__circle__is_whole=True)
    is_owner = owners.filter(member__person=person).exists()
    if is_owner and others.exists() and not owners.filter(member__in=others).exists():
        raise LastOwner
