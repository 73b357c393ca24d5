from django.utils.translation import gettext_lazy as _

from porch.engine.audit.acts import Act, declare

MEMBERS_ASKED = declare(Act("members-asked", _("Asked members for an answer by a time"), ids=("ask_id",)))
