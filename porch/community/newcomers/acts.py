from django.utils.translation import gettext_lazy as _

from porch.engine.audit.acts import Act, declare

STEPS_WRITTEN = declare(Act("first-steps-written", _("Wrote the first steps for newcomers")))
GREETER_NAMED = declare(Act("greeter-named", _("Made a member one of those who greet newcomers")))
GREETER_RELEASED = declare(Act("greeter-released", _("Ended that a member greets newcomers")))
GREETED = declare(Act("newcomer-greeted", _("Marked a newcomer as greeted")))
NOT_GREETED = declare(Act("greeting-taken-back", _("Took back that a newcomer was greeted")))
