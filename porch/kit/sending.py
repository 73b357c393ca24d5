"""How a view sends a file: it decides who may have it and what is said of it, and the front sends the bytes."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

# A header between Django and the front; the front takes it off and reads the file. See porch.web.server.files.
FILE_HEADER = "Porch-File"
# A file is not a page: it runs nothing, loads nothing, and belongs to no origin.
POLICY = "default-src 'none'; sandbox"


def send_stored(*, sha256: str, media_type: str, name: str, is_inline: bool, cache: str) -> HttpResponse:
    """Answer with stored bytes, by their SHA-256, under a name for saving them; ``cache`` is how they may be kept."""
    disposition = content_disposition_header(not is_inline, name)
    if is_inline and disposition is None:
        disposition = "inline"
    return HttpResponse(
        content_type=media_type,
        headers={
            FILE_HEADER: sha256,
            "ETag": f'"{sha256}"',
            "Content-Disposition": disposition or "attachment",
            "Content-Security-Policy": POLICY,
            "X-Content-Type-Options": "nosniff",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Cache-Control": cache,
        },
    )
