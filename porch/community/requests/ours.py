"""The right over requests, and how long things wait."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from porch.community.roles.reads import STEWARD
from porch.community.roles.rights import declare

DECIDE_REQUESTS = declare("decide-requests", _("decide who comes in on request"), STEWARD)

# How long a request waits for a decision, and then for vouches, before it expires.
LIFE = timedelta(days=60)
# How long a request that came to nothing is kept.
KEPT = timedelta(days=90)
