"""The right over the list of members."""

from django.utils.translation import gettext_lazy as _

from porch.community.roles.reads import STEWARD
from porch.community.roles.rights import declare

SEE_MEMBERS = declare(
    "see-member-list",
    _("see the list of all members with their addresses, count them, and take it out"),
    STEWARD,
)
