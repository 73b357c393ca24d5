from django.utils.translation import gettext_lazy as _

from porch.engine.audit.acts import Act, declare

MADE = declare(Act("space-made", _("Made a space"), ids=("space_id",)))
CHANGED = declare(Act("space-changed", _("Changed a space"), ids=("space_id",)))
ARCHIVED = declare(Act("space-archived", _("Archived a space"), ids=("space_id",)))
REOPENED = declare(Act("space-reopened", _("Opened a space again"), ids=("space_id",)))
