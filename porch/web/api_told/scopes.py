"""What a token may be used for around notices."""

from django.utils.translation import gettext_lazy as _

from porch.people.tokens.scopes import declare

NOTICES_READ = declare(
    "notices:read",
    _("read your notices, what you want of them by mail, and which of your devices are told"),
    is_for_house=False,
)
NOTICES_WRITE = declare(
    "notices:write",
    _("put your notices away, choose what comes by mail and when, and which of your devices are told"),
    is_for_house=False,
)
