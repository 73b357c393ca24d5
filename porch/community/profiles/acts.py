from django.utils.translation import gettext_lazy as _

from porch.engine.audit.acts import Act, declare

DEFINED = declare(Act("profile-field-defined", _("Asked members something more"), ids=("field_id",)))
CHANGED = declare(
    Act("profile-field-changed", _("Changed something that members are asked"), ids=("field_id",))
)
RETIRED = declare(Act("profile-field-retired", _("Stopped asking members something"), ids=("field_id",)))
RESTORED = declare(
    Act("profile-field-restored", _("Asked members again what had been stopped"), ids=("field_id",))
)
