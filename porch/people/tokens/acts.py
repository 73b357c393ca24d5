from django.utils.translation import gettext_lazy as _

from porch.engine.audit.acts import Act, declare

MADE = declare(Act("service-token-made", _("Made a service token"), ids=("token_id",)))
REVOKED = declare(Act("service-token-revoked", _("Revoked a service token"), ids=("token_id",)))
