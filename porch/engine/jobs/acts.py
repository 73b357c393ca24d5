from django.utils.translation import gettext_lazy as _

from porch.engine.audit.acts import Act, declare

RETRIED = declare(Act("jobs-retried", _("Had jobs tried again")))
DROPPED = declare(Act("job-dropped", _("Dropped a job")))
