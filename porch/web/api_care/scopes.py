"""What a token may be used for around keeping the place safe."""

from django.utils.translation import gettext_lazy as _

from porch.people.tokens.scopes import declare

SAFETY_WRITE = declare(
    "safety:write",
    _("report posts in your name, appeal for you, and take back your posts that wait"),
    is_for_house=False,
)
SAFETY_READ = declare(
    "safety:read",
    _("read the safety log, your standing, your posts that wait, and sanctions against you"),
    is_for_house=False,
)
REVIEW_READ = declare(
    "review:read",
    _("read what waits for review where you may, with what was reported and held, and what was decided"),
    is_for_house=False,
)
REVIEW_WRITE = declare(
    "review:write",
    _("decide about posts of others where you may, undo decisions, and choose slow mode"),
    is_for_house=False,
)
SANCTIONS_READ = declare(
    "sanctions:read", _("read sanctions against members, and appeals"), is_for_house=False
)
SANCTIONS_WRITE = declare(
    "sanctions:write",
    _(
        "warn, silence, suspend and remove members, lift that, and decide appeals, "
        "without asking you again who you are"
    ),
    is_for_house=False,
)
