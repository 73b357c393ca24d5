from django.utils.translation import gettext_lazy as _

from porch.engine.audit.acts import Act, declare

MADE = declare(Act("webhook-made", _("Made a webhook"), ids=("endpoint_id",)))
CHANGED = declare(Act("webhook-changed", _("Changed a webhook"), ids=("endpoint_id",)))
SWITCHED_ON = declare(Act("webhook-switched-on", _("Switched a webhook on"), ids=("endpoint_id",)))
SWITCHED_OFF = declare(Act("webhook-switched-off", _("Switched a webhook off"), ids=("endpoint_id",)))
SECRET_CHANGED = declare(
    Act("webhook-secret-changed", _("Gave a webhook another secret"), ids=("endpoint_id",))
)
SECRET_READ = declare(
    Act("webhook-secret-read", _("Looked at the secret of a webhook"), ids=("endpoint_id",))
)
DELETED = declare(Act("webhook-deleted", _("Deleted a webhook"), ids=("endpoint_id",)))
TESTED = declare(Act("webhook-tested", _("Sent a test to a webhook"), ids=("endpoint_id",)))
SENT_AGAIN = declare(Act("webhook-sent-again", _("Sent a message to a webhook again"), ids=("delivery_id",)))
