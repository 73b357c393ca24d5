"""What one can do about a member, from their page: each part adds its page here, for whoever has its right."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from porch.community.notes.rights import KEEP_NOTES
from porch.community.removal.rights import REMOVE_MEMBERS
from porch.community.roles.rights import Right
from porch.community.tiers.rights import MANAGE_TIERS
from porch.kit.refusals import Text


@dataclass(frozen=True, slots=True)
class MemberLink:
    """A page about one member: the name of its address, which takes the member's number, its title, and the right.

    ``only_here`` says that there is none about somebody who is away.
    """

    url: str
    title: Text
    right: Right
    only_here: bool = False


MEMBER_LINKS: tuple[MemberLink, ...] = (
    MemberLink("member-notes", _("Notes"), KEEP_NOTES, only_here=True),
    MemberLink("member-tier", _("Tier and payments"), MANAGE_TIERS),
    MemberLink("member-sanctions", _("Warn or silence"), REMOVE_MEMBERS),
    MemberLink("suspension", _("Suspend"), REMOVE_MEMBERS),
    MemberLink("removal", _("Remove"), REMOVE_MEMBERS),
)
