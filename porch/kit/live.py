"""How a view opens a live stream: it decides who may listen to what, and the front does the rest."""

from collections.abc import Iterable

from django.http import HttpResponse

# A header between Django and the front; the front takes it off and keeps the connection.
CHANNELS_HEADER = "Porch-Live"


def live(channels: Iterable[str]) -> HttpResponse:
    """Answer with a stream of server-sent events from these channels."""
    return HttpResponse(headers={CHANNELS_HEADER: " ".join(channels), "Cache-Control": "no-store"})
