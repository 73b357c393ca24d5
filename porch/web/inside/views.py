from django.http import HttpRequest, HttpResponse

from porch.community.membership.rules import members
from porch.kit.live import live


@members
def open_live(request: HttpRequest) -> HttpResponse:
    """Open the stream of everything that this member may hear at once."""
    return live(["members"])
