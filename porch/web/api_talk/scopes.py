"""What a token may be used for around what is said."""

from django.utils.translation import gettext_lazy as _

from porch.people.tokens.scopes import declare

TALK_READ = declare(
    "talk:read",
    _(
        "read the spaces that you read, what is said there, and what you keep for yourself; not what is direct"
    ),
    is_for_house=False,
)
TALK_WRITE = declare(
    "talk:write",
    _("write, change and delete posts in your name, react, vote, answer, and say what you have read"),
    is_for_house=False,
)
TALK_SPEAK = declare(
    "talk:speak",
    _("with talk:write, write and change posts as the organisation, where you may"),
    is_for_house=False,
)
TALK_TEND = declare(
    "talk:tend",
    _("look after what is said where you may: close, pin, move, split and merge topics, ask, make rituals"),
    is_for_house=False,
)
SPACES_WRITE = declare(
    "spaces:write",
    _("make spaces, change and archive them, and rename tags, where you may"),
    is_for_house=False,
)
DIRECT_READ = declare(
    "direct:read",
    _("list your direct conversations; with the other scopes, read and search what is said in them"),
    is_for_house=False,
)
DIRECT_WRITE = declare(
    "direct:write",
    _("begin direct conversations in your name, name and leave them; with talk:write, write in them"),
    is_for_house=False,
)
