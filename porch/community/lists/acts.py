from django.utils.translation import gettext_lazy as _

from porch.engine.audit.acts import Act, declare

LIST_TAKEN = declare(Act("member-list-taken", _("Downloaded a list of members")))
PLACED = declare(Act("member-placed", _("Put somebody in a circle"), ids=("circle_id",)))
SET_SAVED = declare(Act("set-saved", _("Saved a set of members"), ids=("set_id",)))
SET_DELETED = declare(Act("set-deleted", _("Deleted a saved set of members"), ids=("set_id",)))
