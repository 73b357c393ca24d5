"""What a token may be used for around blocks; those for direct conversations stand beside those for all talk."""

from django.utils.translation import gettext_lazy as _

from porch.people.tokens.scopes import declare

BLOCKS_READ = declare("blocks:read", _("read whom you blocked, and who may write to you"), is_for_house=False)
BLOCKS_WRITE = declare(
    "blocks:write", _("block members for you, lift that, and choose who may write to you"), is_for_house=False
)
