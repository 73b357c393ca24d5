from django.utils.translation import gettext_lazy as _

from porch.community.roles.reads import STEWARD
from porch.community.roles.rights import declare

WELCOME_NEWCOMERS = declare(
    "welcome-newcomers", _("write the first steps for newcomers, and name who greets them"), STEWARD
)
