"""The right to look at the register of purposes."""

from django.utils.translation import gettext_lazy as _

from porch.community.roles.reads import STEWARD
from porch.community.roles.rights import declare

SEE_REGISTER = declare(
    "see-register", _("see what is held about people, what for, and how many stand on it"), STEWARD
)
