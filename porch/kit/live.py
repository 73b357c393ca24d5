"""How a view opens a live stream: it decides who may listen to what, and the front does the rest.

A stream outlives the request that opened it, so it says by whose leave it is open: a session, a membership. Leaves
are words like ``session:17``; where one no longer stands, every process hangs up (porch.web.live.leave).
"""

from collections.abc import Iterable

from django.http import HttpResponse

# Headers between Django and the front; the front takes them off and keeps the connection.
CHANNELS_HEADER = "Porch-Live"
LEAVES_HEADER = "Porch-Live-Leave"


def live(channels: Iterable[str], *, by_leave_of: Iterable[str]) -> HttpResponse:
    """Answer with a stream of server-sent events from these channels, for as long as all of the leaves stand."""
    said = {CHANNELS_HEADER: " ".join(channels), LEAVES_HEADER: " ".join(by_leave_of)}
    return HttpResponse(headers={**said, "Cache-Control": "no-store"})
