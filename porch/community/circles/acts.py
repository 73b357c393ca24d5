from django.utils.translation import gettext_lazy as _

from porch.engine.audit.acts import Act, declare

MADE = declare(Act("circle-made", _("Made a circle"), ids=("circle_id",)))
CHANGED = declare(Act("circle-changed", _("Changed a circle, or how one comes in"), ids=("circle_id",)))
CLOSED = declare(Act("circle-closed", _("Closed a circle"), ids=("circle_id",)))
TAKEN_OUT = declare(Act("circle-member-taken-out", _("Took somebody out of a circle"), ids=("circle_id",)))
