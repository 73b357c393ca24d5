from django.http import HttpRequest

from porch.community.membership.reads import is_member
from porch.community.portraits.reads import PORTRAIT_SHOWN
from porch.engine.files.kinds import FULL, SMALL, FileKind
from porch.engine.files.reads import Held
from porch.kit.formats.known import PICTURES


def may_see_portrait(request: HttpRequest, held: Held) -> bool:
    """Members see each other's portraits, as long as they are set and whom they show is active."""
    return is_member(request.user.pk) and PORTRAIT_SHOWN.exists(holding=held.holding__id)


PORTRAIT = FileKind(
    "portrait",
    accepts=PICTURES,
    most_bytes=15_000_000,
    may_read=may_see_portrait,
    sizes=((FULL, 1024), (SMALL, 160)),
    is_square=True,
)
