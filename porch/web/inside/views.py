from django.http import HttpResponse

from porch.community.membership.rules import members
from porch.kit.live import live
from porch.people.doors import SignedInRequest
from porch.web.live.leave import member_leave, session_leave


@members
def open_live(request: SignedInRequest) -> HttpResponse:
    """Open the stream of everything that this member may hear at once."""
    own = f"notices-{request.member_id}"  # type: ignore[attr-defined]
    return live(["members", own], by_leave_of=[session_leave(request), member_leave(request.user)])
