from django.utils.translation import gettext_lazy as _

from porch.engine.audit.acts import Act, declare

TERMS_WRITTEN = declare(Act("leaving-terms-written", _("Wrote the charter's text on leaving anew")))
