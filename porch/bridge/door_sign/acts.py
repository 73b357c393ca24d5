from django.utils.translation import gettext_lazy as _

from porch.engine.audit.acts import Act, declare

PUT_UP = declare(Act("door-sign-put-up", _("Put up the door sign")))
TAKEN_DOWN = declare(Act("door-sign-taken-down", _("Took down the door sign")))
