from django.utils.translation import gettext_lazy as _

from porch.engine.audit.acts import Act, declare

SENT_AGAIN = declare(Act("mail-sent-again", _("Sent a mail again"), ids=("delivery_id",)))
TESTED = declare(Act("mail-tested", _("Sent a test mail"), ids=("delivery_id",)))
READ = declare(Act("letter-read", _("Opened a letter with a secret in it"), ids=("delivery_id",)))
