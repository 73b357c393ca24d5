from django.utils.translation import gettext_lazy as _

from porch.engine.audit.acts import Act, declare

MADE = declare(Act("promise-made", _("Made a promise"), ids=("promise_id",)))
KEPT = declare(Act("promise-kept", _("Marked a promise as kept"), ids=("promise_id",)))
WITHDRAWN = declare(Act("promise-withdrawn", _("Withdrew a promise"), ids=("promise_id",)))
MADE_GOOD = declare(Act("promise-made-good", _("Marked a broken promise as made good"), ids=("promise_id",)))
REOPENED = declare(Act("promise-reopened", _("Took back how a promise was marked"), ids=("promise_id",)))
