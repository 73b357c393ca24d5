from django.utils.translation import gettext_lazy as _

from porch.engine.audit.acts import Act, declare

REMOVED = declare(Act("member-removed", _("Removed a member"), ids=("removal_id",)))
LIFTED = declare(Act("removal-lifted", _("Lifted a removal"), ids=("removal_id",)))
