"""What a token may be used for around webhooks."""

from django.utils.translation import gettext_lazy as _

from porch.people.tokens.scopes import declare

WEBHOOKS_READ = declare(
    "webhooks:read",
    _("list the webhooks of the house, and what became of their messages"),
    is_for_house=False,
)
WEBHOOKS_WRITE = declare(
    "webhooks:write",
    _(
        "make, change, try and delete webhooks, and read and change their secrets, "
        "without asking you again who you are"
    ),
    is_for_house=False,
)
