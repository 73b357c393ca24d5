from django.utils.translation import gettext_lazy as _

from porch.community.roles.reads import STEWARD
from porch.community.roles.rights import declare

MANAGE_SPACES = declare("manage-spaces", _("make spaces, change them and archive them"), STEWARD)
# Whoever has it also reads what is said there: what cannot be read cannot be looked after.
TEND_TOPICS = declare(
    "tend-topics",
    _("look after what is said: read every space, pin, close and move topics, delete and restore posts"),
    STEWARD,
)
# What is said so is said by all: it is theirs who answer for the place.
SPEAK_FOR_ALL = declare("speak-for-all", _("post as the organisation"), STEWARD)
