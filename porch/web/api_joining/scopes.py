"""What a token may be used for around coming in."""

from django.utils.translation import gettext_lazy as _

from porch.people.tokens.scopes import declare

INVITES_READ = declare(
    "invites:read", _("read the invitations, with addresses, where you may invite"), is_for_house=False
)
INVITES_WRITE = declare(
    "invites:write",
    _(
        "make and revoke invitations, and have letters sent to lists of addresses, "
        "without asking you again who you are"
    ),
    is_for_house=False,
)
REQUESTS_READ = declare(
    "requests:read",
    _("read who asks to come in where you may vouch, and what they answered where you decide"),
    is_for_house=False,
)
REQUESTS_WRITE = declare(
    "requests:write", _("decide for you who comes in, and vouch in your name"), is_for_house=False
)
