"""Polls: opened, read, voted in and closed."""

from collections.abc import Sequence

from django.http import HttpResponse
from ninja import Router

from porch.conversation.polls.closing import close_poll
from porch.conversation.polls.models import Ballot
from porch.conversation.polls.opening import PollTerms, open_poll
from porch.conversation.polls.reads import ShownPoll, ballots_shown_to, chosen_in, find_poll
from porch.conversation.polls.voting import vote
from porch.kit.refusals import NotFound
from porch.web.api.cursors import USUAL, Cursor, Limit, Part
from porch.web.api.gate import ApiRequest, Needs, Whom
from porch.web.api_asking.shapes import BallotOut, PollIn, PollOut, VoteIn
from porch.web.api_talk.leave import SPEAKING, require_topic, require_voice, topic_within
from porch.web.api_talk.newest import newest_part_of
from porch.web.api_talk.scopes import TALK_READ, TALK_WRITE
from porch.web.api_talk.spaces import reached_space

TURNOUT = ("voted", "reached", "others", "counted_at")
POLL = ("most", "is_secret", "closes_at", "closed_at", "is_over", "has_voted", "voters")

router = Router(tags=["Polls"])


@router.post(
    "/spaces/{int:space}/polls",
    auth=Needs(TALK_WRITE, Whom.MEMBER, also=SPEAKING),
    response=PollOut,
    summary="Open a poll",
    url_name="api-space-polls",
)
def open_this_poll(request: ApiRequest, space: int, body: PollIn) -> dict[str, object]:
    """Begin a topic in which members choose among options, openly or in secret."""
    require_voice(request, as_organisation=body.as_organisation)
    terms = PollTerms(
        options=body.options, most=body.most, is_secret=body.is_secret, closes_at=body.closes_at
    )
    post = open_poll(
        space_id=reached_space(request, space).pk,
        title=body.title,
        source=body.source,
        terms=terms,
        as_organisation=body.as_organisation,
        by=request.auth.someone,
        at=request.auth.at,
    )
    return shown(request, post.topic_id)


@router.get(
    "/topics/{int:topic}/poll",
    auth=Needs(TALK_READ, Whom.MEMBER),
    response=PollOut,
    summary="Show a poll",
    url_name="api-topic-poll",
)
def show_poll(request: ApiRequest, topic: int) -> dict[str, object]:
    """What can be chosen in a topic, and the result where it is shown: to who voted, and in the end to all."""
    return shown(request, topic)


@router.put(
    "/topics/{int:topic}/poll/ballot",
    auth=Needs(TALK_WRITE, Whom.MEMBER),
    response=PollOut,
    summary="Vote",
    url_name="api-topic-ballot",
)
def vote_in_poll(request: ApiRequest, topic: int, body: VoteIn) -> dict[str, object]:
    """Vote, or change my vote in an open poll. In a secret one a vote is final."""
    require_topic(request, topic)
    vote(topic_id=topic, option_ids=body.option_ids, by=request.auth.someone, at=request.auth.at)
    return shown(request, topic)


@router.put(
    "/topics/{int:topic}/poll/closure",
    auth=Needs(TALK_WRITE, Whom.MEMBER),
    response=PollOut,
    summary="Close a poll",
    url_name="api-topic-poll-closure",
)
def close_this_poll(request: ApiRequest, topic: int) -> dict[str, object]:
    """Close a poll that I opened, or that I look after, before its time."""
    require_topic(request, topic)
    close_poll(topic_id=topic, by=request.auth.someone, at=request.auth.at)
    return shown(request, topic)


@router.get(
    "/topics/{int:topic}/poll/ballots",
    auth=Needs(TALK_READ, Whom.MEMBER),
    response=Part[BallotOut],
    summary="List who chose what",
    url_name="api-topic-ballots",
)
def list_ballots(
    request: ApiRequest, response: HttpResponse, topic: int, cursor: Cursor = "", limit: Limit = USUAL
) -> dict[str, object]:
    """Who chose what in an open poll, for those who voted, and for all when it is over; the newest first."""
    found = topic_within(request, topic)
    ballots = ballots_shown_to(found.member, topic, at=request.auth.at)
    if ballots is None:
        raise NotFound
    return newest_part_of(request, response, ballots, as_ballots, ("id",), cursor=cursor, limit=limit)


def as_ballots(rows: Sequence[Ballot]) -> list[dict[str, object]]:
    """Say who chose what."""
    return [
        {
            "id": each.pk,
            "member_id": each.member_id,
            "name": each.member.person.name,
            "options": chosen_in(each).options,
        }
        for each in rows
    ]


def shown(request: ApiRequest, number: int) -> dict[str, object]:
    """Say of the poll of a topic that whoever asks reaches what its page shows. Raises ``NotFound``."""
    topic = topic_within(request, number)
    found = find_poll(topic.id, topic.space_id, topic.member, at=request.auth.at)
    if found is None:
        raise NotFound
    return as_poll(number, found)


def as_poll(topic_id: int, poll: ShownPoll) -> dict[str, object]:
    """Say of a poll what its page shows."""
    options = [
        {
            "id": each.id,
            "text": each.text,
            "is_mine": each.is_mine,
            "votes": each.votes if poll.shows_result else None,
        }
        for each in poll.options
    ]
    turnout = {name: getattr(poll.turnout, name) for name in TURNOUT}
    said: dict[str, object] = {name: getattr(poll, name) for name in POLL}
    return said | {"topic_id": topic_id, "options": options, "turnout": turnout}
