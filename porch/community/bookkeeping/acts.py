from django.utils.translation import gettext_lazy as _

from porch.engine.audit.acts import Act, declare

SENT = declare(Act("tier-sheet-sent", _("Sent in a file of tiers or payments"), ids=("sheet_id",)))
APPLIED = declare(
    Act("tier-sheet-applied", _("Applied a file of tiers or payments"), ids=("sheet_id", "lines"))
)
TIERS_TAKEN = declare(Act("tiers-taken", _("Downloaded who has which tier")))
PAYMENTS_TAKEN = declare(Act("payments-taken", _("Downloaded the payments")))
