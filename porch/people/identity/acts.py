from django.utils.translation import gettext_lazy as _

from porch.engine.audit.acts import Act, declare

OWNER_LINK_MADE = declare(Act("owner-link-made", _("Made a link that signs the owner in")))
