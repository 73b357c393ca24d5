from django.utils.translation import gettext_lazy as _

from porch.community.membership.models import Member
from porch.community.roles.models import RoleHolder
from porch.community.roles.reads import OWNER
from porch.kit.refusals import Conflict


class LastOwnerStays(Conflict):
    text = _("You are the only owner, so you cannot leave yet.")
    hint = _("Hand the ownership over first, on the page “Roles” inside. Then come back here.")


class NothingToLeave(Conflict):
    text = _("You are not a member, so there is nothing to leave.")
    hint = _("If you want your account erased, ask whoever runs this server.")


class TooLateToReturn(Conflict):
    """One answer for a link that was guessed, used, or left too long: the three must look alike."""

    status = 410
    text = _("This can no longer be undone.")
    hint = _("It can be undone once, within seven days. After that, come in again by an invitation.")


def owns_alone(member: Member) -> bool:
    """Say whether a member is the only owner who is here and can sign in."""
    owners = RoleHolder.objects.filter(role__key=OWNER, role__circle__is_whole=True)
    others = owners.filter(member__left_at__isnull=True, member__person__is_active=True)
    return owners.filter(member=member).exists() and not others.exclude(member=member).exists()
