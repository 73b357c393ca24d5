"""The rights that have to do with leaving."""

from django.utils.translation import gettext_lazy as _

from porch.community.roles.reads import STEWARD
from porch.community.roles.rights import declare

EDIT_CHARTER = declare("edit-charter", _("edit the text of the charter on leaving"), STEWARD)
READ_EXIT_ANSWERS = declare("read-exit-answers", _("read what people said when they left"), STEWARD)
