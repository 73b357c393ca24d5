from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from porch.engine.files.kinds import FULL
from porch.engine.files.reads import HELD
from porch.kit.formats.known import BY_MEDIA_TYPE, Family
from porch.kit.refusals import NotFound
from porch.kit.sending import send_stored
from porch.people.doors import anyone
from porch.web.files.kinds import KINDS

# A private copy is asked for again after this; it is its reader's alone, and gone with their cookie.
PRIVATE = "private, max-age=600"
PUBLIC = "public, max-age=31536000, immutable"


@anyone
@require_safe
def send_file(request: HttpRequest, holding: str, name: str) -> HttpResponse:
    """Send a held file to whoever its kind lets read it: in full by its name, or in another size by that."""
    # Every name has an extension, so it is never that of a size.
    size = FULL if "." in name else name
    held = HELD.first(holding=holding, size=size)
    kind = KINDS.get(held.holding__kind) if held else None
    if held is None or kind is None or name not in (held.holding__name, held.size):
        raise NotFound
    if not kind.may_read(request, held):
        raise NotFound
    return send_stored(
        sha256=held.stored__sha256,
        media_type=held.stored__media_type,
        name=held.holding__name,
        is_inline=is_inline(held.stored__media_type),
        cache=PUBLIC if kind.is_public else PRIVATE,
    )


def is_inline(media_type: str) -> bool:
    """Say whether a file may be seen or heard in a page; all others are saved."""
    found = BY_MEDIA_TYPE.get(media_type)
    return found is not None and found.family in (Family.PICTURE, Family.MEDIA)
