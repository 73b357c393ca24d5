from django.http import HttpResponse

from porch.community.membership.rules import members
from porch.conversation.pages.live import topic_channel
from porch.conversation.pages.reads import find_topic
from porch.kit.live import live
from porch.people.doors import SignedInRequest
from porch.web.live.leave import member_leave, session_leave, topic_leave


@members
def open_live(request: SignedInRequest) -> HttpResponse:
    """Open the stream of everything that this member may hear at once."""
    own = f"notices-{request.member_id}"  # type: ignore[attr-defined]
    return live(["members", own], by_leave_of=[session_leave(request), member_leave(request.user)])


@members
def open_topic(request: SignedInRequest, topic: int) -> HttpResponse:
    """Open the stream of what is said in a topic, for as long as whoever asks reaches it."""
    found = find_topic(topic, request.user.pk)
    leaves = [session_leave(request), member_leave(request.user), topic_leave(found.id, request.user)]
    own = f"notices-{request.member_id}"  # type: ignore[attr-defined]
    # One line for both: a browser has few to give.
    return live([topic_channel(found.id), own], by_leave_of=leaves)
