from django.utils.translation import gettext_lazy as _

from porch.engine.audit.acts import Act, declare

ERASED = declare(Act("person-erased", _("Erased a person"), ids=("erasure_id",)))
