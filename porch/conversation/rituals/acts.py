from django.utils.translation import gettext_lazy as _

from porch.engine.audit.acts import Act, declare

RITUAL_MADE = declare(Act("ritual-made", _("Made a ritual"), ids=("ritual_id",)))
RITUAL_PAUSED = declare(Act("ritual-paused", _("Paused a ritual"), ids=("ritual_id",)))
RITUAL_RESUMED = declare(Act("ritual-resumed", _("Had a paused ritual go on"), ids=("ritual_id",)))
RITUAL_ENDED = declare(Act("ritual-ended", _("Ended a ritual"), ids=("ritual_id",)))
