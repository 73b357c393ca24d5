"""The rights over roles and circles themselves."""

from django.utils.translation import gettext_lazy as _

from porch.community.roles.reads import STEWARD
from porch.community.roles.rights import declare

MANAGE_ROLES = declare("manage-roles", _("make roles, and give and take them"))
MANAGE_CIRCLES = declare("manage-circles", _("make circles, change them and close them"), STEWARD)
