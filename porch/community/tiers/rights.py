from django.utils.translation import gettext_lazy as _

from porch.community.roles.reads import STEWARD
from porch.community.roles.rights import declare

MANAGE_TIERS = declare("manage-tiers", _("make tiers, give them to members, and record payments"), STEWARD)
