"""What a token may be used for around belonging."""

from django.utils.translation import gettext_lazy as _

from porch.people.tokens.scopes import declare

CIRCLES_WRITE = declare(
    "circles:write",
    _("make circles and change them where you may, and join and leave them for you"),
    is_for_house=False,
)
ROLES_WRITE = declare(
    "roles:write",
    _("give roles to others and take them, that of an owner too, without asking you again who you are"),
    is_for_house=False,
)
TIERS_READ = declare(
    "tiers:read", _("list the tiers; for those who record payments, also what members have and paid")
)
TIERS_WRITE = declare("tiers:write", _("give tiers to members, and record payments"), is_for_house=False)
REMOVALS_READ = declare("removals:read", _("read who was removed, why, and until when"), is_for_house=False)
REMOVALS_WRITE = declare(
    "removals:write",
    _(
        "remove members, suspend them and lift that, without asking you again who you are; "
        "whoever is removed is told at once"
    ),
    is_for_house=False,
)
