from django.utils.translation import gettext_lazy as _

from porch.engine.audit.acts import Act, declare

OFFERED = declare(Act("ownership-offered", _("Offered somebody the ownership"), ids=("offer_id",)))
ACCEPTED = declare(Act("ownership-accepted", _("Took over the ownership"), ids=("offer_id",)))
DECLINED = declare(Act("ownership-declined", _("Declined the ownership"), ids=("offer_id",)))
WITHDRAWN = declare(
    Act("ownership-offer-withdrawn", _("Took back the offer of the ownership"), ids=("offer_id",))
)
