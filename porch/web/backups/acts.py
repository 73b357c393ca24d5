from django.utils.translation import gettext_lazy as _

from porch.engine.audit.acts import Act, declare

ASKED_FOR = declare(Act("backup-asked-for", _("Had a backup made")))
TAKEN = declare(Act("backup-taken", _("Took a backup, in which everything is, by the browser")))
