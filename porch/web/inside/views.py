from django.http import HttpResponse

from porch.community.membership.rules import members
from porch.conversation.pages.live import space_channel, topic_channel
from porch.conversation.pages.reads import find_space, find_topic
from porch.conversation.spaces.reads import SPACES
from porch.kit.live import live
from porch.kit.refusals import NotFound
from porch.kit.time import EPOCH
from porch.people.doors import SignedInRequest
from porch.web.live.leave import member_leave, session_leave, spaces_leave, topic_leave

# What one line listens to at most.
MOST_SPACES = 200


@members
def open_live(request: SignedInRequest) -> HttpResponse:
    """Open the stream of everything that this member may hear at once."""
    return live(
        ["members", own_channel(request)], by_leave_of=[session_leave(request), member_leave(request.user)]
    )


@members
def open_topic(request: SignedInRequest, topic: int) -> HttpResponse:
    """Open the stream of what is said in a topic, for as long as whoever asks reaches it."""
    found = find_topic(topic, request.user.pk)
    leaves = [session_leave(request), member_leave(request.user), topic_leave(found.id, request.user)]
    # One line for both: a browser has few to give.
    return live([topic_channel(found.id), own_channel(request)], by_leave_of=leaves)


@members
def open_space(request: SignedInRequest, space: str) -> HttpResponse:
    """Open the stream that tells when the list of a space is old, for as long as whoever asks reaches it."""
    found = find_space(space, request.user.pk)
    if not found.is_reached:
        raise NotFound
    return of_spaces(request, [found.id])


@members
def open_spaces(request: SignedInRequest) -> HttpResponse:
    """Open the stream of all spaces that whoever asks reaches; of very many, of those talked in last."""
    reached = [
        each for each in SPACES.all(person=request.user.pk) if each.is_reached and not each.archived_at
    ]
    lately = sorted(reached, key=lambda each: each.last_said_at or EPOCH, reverse=True)
    return of_spaces(request, sorted(each.id for each in lately[:MOST_SPACES]))


def of_spaces(request: SignedInRequest, ids: list[int]) -> HttpResponse:
    """Open the stream of spaces that whoever asks was found to reach."""
    leaves = [session_leave(request), member_leave(request.user)]
    leaves += [spaces_leave(ids, request.user)] if ids else []
    return live([*map(space_channel, ids), own_channel(request)], by_leave_of=leaves)


def own_channel(request: SignedInRequest) -> str:
    """Name the channel that is a member's alone."""
    return f"notices-{request.member_id}"  # type: ignore[attr-defined]
