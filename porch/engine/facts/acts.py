from django.utils.translation import gettext_lazy as _

from porch.engine.audit.acts import Act, declare

RETRIED = declare(Act("consumer-retried", _("Let a consumer of facts try again")))
SKIPPED = declare(Act("fact-skipped", _("Let a consumer pass over a fact"), ids=("fact_id",)))
