"""What a token may be used for around what members show and what is held."""

from django.utils.translation import gettext_lazy as _

from porch.people.tokens.scopes import declare

PROFILES_READ = declare(
    "profiles:read", _("read what members are asked; with your token, also what they show to you")
)
REGISTER_READ = declare("register:read", _("read what is held about people, what for, and how many rows"))
