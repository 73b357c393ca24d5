from django.utils.translation import gettext_lazy as _

from porch.engine.audit.acts import Act, declare

OWNER_LINK_MADE = declare(Act("owner-link-made", _("Made a link that signs the owner in")))
ADDED = declare(Act("person-added", _("Added a person")))
APPOINTED = declare(Act("operator-appointed", _("Let somebody run this server")))
DISMISSED = declare(Act("operator-dismissed", _("Ended that somebody runs this server")))
SUSPENDED = declare(Act("person-shut-out", _("Shut somebody out")))
READMITTED = declare(Act("person-let-in", _("Let somebody in again")))
