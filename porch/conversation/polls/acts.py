from django.utils.translation import gettext_lazy as _

from porch.engine.audit.acts import Act, declare

POLL_CLOSED = declare(Act("poll-closed", _("Closed a poll before its time"), ids=("topic_id",)))
