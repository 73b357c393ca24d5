from django.utils.translation import gettext_lazy as _

from porch.engine.audit.acts import Act, declare

RECORDED = declare(Act("payment-recorded", _("Recorded a payment"), ids=("payment_id",)))
TAKEN_BACK = declare(Act("payment-taken-back", _("Took a payment back"), ids=("payment_id",)))
