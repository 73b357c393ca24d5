"""Every kind of files that is served, on one screen. What is not here, nobody can download."""

from porch.community.portraits.rules import PORTRAIT
from porch.conversation.posts.pictures import PICTURE
from porch.engine.files.kinds import FileKind
from porch.people.takeout.rules import TAKE_OUT

KINDS: dict[str, FileKind] = {kind.name: kind for kind in (PORTRAIT, TAKE_OUT, PICTURE)}
