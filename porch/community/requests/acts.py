from django.utils.translation import gettext_lazy as _

from porch.engine.audit.acts import Act, declare

REQUEST_APPROVED = declare(Act("request-approved", _("Said yes to a request to join"), ids=("request_id",)))
REQUEST_DECLINED = declare(Act("request-declined", _("Declined a request to join"), ids=("request_id",)))
REQUEST_REOPENED = declare(
    Act("request-reopened", _("Took back what was decided about a request to join"), ids=("request_id",))
)
QUESTIONS_SET = declare(
    Act("questions-set", _("Changed what a circle asks of those who want in"), ids=("circle_id",))
)
