"""What a token may be used for. A scope is offered only once an operation asks for it."""

from django.utils.translation import gettext_lazy as _

from porch.people.tokens.scopes import declare

ME_READ = declare(
    "me:read",
    _("read your account, your rights, what is kept about you, and notes about you"),
    is_for_house=False,
)
ME_WRITE = declare(
    "me:write", _("change your name, and what you answered in your profile"), is_for_house=False
)
MEMBERS_READ = declare("members:read", _("list the members, with names and portraits"))
CIRCLES_READ = declare("circles:read", _("list the circles, and who is in them"))
ROLES_READ = declare("roles:read", _("list the roles and the rights in them"))
FIGURES_READ = declare("figures:read", _("read how many members there are, by circle and by month"))
