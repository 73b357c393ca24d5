"""The right over requests."""

from django.utils.translation import gettext_lazy as _

from porch.community.roles.reads import STEWARD
from porch.community.roles.rights import declare

DECIDE_REQUESTS = declare("decide-requests", _("decide who comes in on request"), STEWARD)
