"""The rights over invitations."""

from django.utils.translation import gettext_lazy as _

from porch.community.roles.reads import STEWARD
from porch.community.roles.rights import declare

INVITE = declare("invite-members", _("invite people, and see and revoke invitations"), STEWARD)
SEE_GRAPH = declare("see-invite-graph", _("see who brought whom"), STEWARD)
