from django.utils.translation import gettext_lazy as _

from porch.engine.audit.acts import Act, declare

MADE = declare(Act("invite-made", _("Made an invitation"), ids=("invite_id", "circle_id")))
LISTED = declare(Act("addresses-invited", _("Invited a list of addresses"), ids=("circle_id", "invited")))
REVOKED = declare(Act("invite-revoked", _("Revoked an invitation"), ids=("invite_id",)))
RESTORED = declare(
    Act("invite-restored", _("Undid the revoking of an invitation a moment ago"), ids=("invite_id",))
)
SENT_AGAIN = declare(Act("invite-sent-again", _("Sent an invitation again"), ids=("invite_id",)))
