from django.utils.translation import gettext_lazy as _

from porch.engine.audit.acts import Act, declare

SUPPRESSED = declare(Act("address-suppressed", _("Stopped mail to an address"), ids=("suppression_id",)))
TAKEN_BACK = declare(
    Act("suppression-undone", _("Undid a stop of mail made a moment ago"), ids=("suppression_id",))
)
