from django.utils.translation import gettext_lazy as _

from porch.engine.audit.acts import Act, declare

SUSPENDED = declare(Act("member-suspended", _("Suspended a member"), ids=("suspension_id",)))
ENDED = declare(Act("suspension-ended", _("Ended a suspension before its time"), ids=("suspension_id",)))
