"""The right over who stays."""

from django.utils.translation import gettext_lazy as _

from porch.community.roles.reads import STEWARD
from porch.community.roles.rights import declare

REMOVE_MEMBERS = declare("remove-members", _("suspend members, and remove them"), STEWARD)
