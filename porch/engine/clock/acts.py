from django.utils.translation import gettext_lazy as _

from porch.engine.audit.acts import Act, declare

ACKNOWLEDGED = declare(Act("clock-acknowledged", _("Agreed that the clock is right"), ids=("jump_id",)))
