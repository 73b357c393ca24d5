from django.utils.translation import gettext_lazy as _

from porch.engine.audit.acts import Act, declare

SESSIONS_ENDED = declare(Act("sessions-ended", _("Signed somebody out everywhere")))
EVERY_SESSION_ENDED = declare(Act("every-session-ended", _("Signed everyone out")))
