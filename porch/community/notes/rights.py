from django.utils.translation import gettext_lazy as _

from porch.community.roles.reads import STEWARD
from porch.community.roles.rights import declare

KEEP_NOTES = declare("keep-notes", _("keep notes about members, which those members read"), STEWARD)
