from django.utils.translation import gettext_lazy as _

from porch.engine.audit.acts import Act, declare

MADE = declare(Act("tier-made", _("Made a tier"), ids=("tier_id",)))
CHANGED = declare(Act("tier-changed", _("Changed a tier"), ids=("tier_id",)))
RETIRED = declare(Act("tier-retired", _("Retired a tier"), ids=("tier_id",)))
SET = declare(Act("tier-set", _("Set a member's tier"), ids=("tier_id",)))
ENDED = declare(Act("tier-ended", _("Ended a member's tier"), ids=("tier_id",)))
ENDING = declare(Act("tier-ending", _("Had a member's tier end at its renewal date"), ids=("tier_id",)))
