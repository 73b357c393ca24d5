"""Asks: made of a post, answered or declined, reminded of once, and what waits for one's own answer."""

from django.http import HttpResponse
from ninja import Router

from porch.conversation.asks.answering import count_post, decline
from porch.conversation.asks.asking import make_ask, remind
from porch.conversation.asks.models import Asked
from porch.conversation.asks.reads import AskRow, asks_in, find_listed, list_of, waiting_for
from porch.conversation.asks.whom import Whom as Wanted
from porch.kit.refusals import NotFound
from porch.web.api.cursors import USUAL, Cursor, Limit, Part, part_of
from porch.web.api.gate import ApiRequest, Needs, Whom
from porch.web.api_asking.shapes import AskAnswerIn, AskedOut, AskIn, AskOut, WaitingOut
from porch.web.api_talk.leave import open_to_token, post_within, require_post, topic_within
from porch.web.api_talk.scopes import TALK_READ, TALK_TEND, TALK_WRITE
from porch.web.api_talk.spaces import readers_in

ROW = ("id", "post_id", "at", "until", "asked", "in_time", "late", "declined", "reminded_at")

router = Router(tags=["Asks"])


@router.get(
    "/topics/{int:topic}/asks",
    auth=Needs(TALK_READ, Whom.MEMBER),
    response=list[AskOut],
    summary="List the asks of a topic",
    url_name="api-topic-asks",
)
def list_asks(request: ApiRequest, topic: int) -> list[dict[str, object]]:
    """Which posts of a topic ask members for an answer, the newest fifty, and how many answered."""
    found = topic_within(request, topic)
    return [as_ask(each) for each in asks_in(topic, found.member).values()]


@router.post(
    "/posts/{int:post}/ask",
    auth=Needs(TALK_TEND, Whom.MEMBER),
    response=AskOut,
    summary="Ask members for an answer",
    url_name="api-post-ask",
)
def ask_members(request: ApiRequest, post: int, body: AskIn) -> dict[str, object]:
    """Have my post ask members for an answer by a time, where I look after the space. The list is written down now."""
    require_post(request, post)
    circle, role = readers_in(request, body.circle_id, body.role_id)
    wanted = Wanted(circle.pk if circle else None, role.pk if role else None, tuple(body.names))
    make_ask(post_id=post, whom=wanted, until=body.until, by=request.auth.someone, at=request.auth.at)
    return shown(request, post)


@router.get(
    "/posts/{int:post}/ask/members",
    auth=Needs(TALK_READ, Whom.MEMBER),
    response=Part[AskedOut],
    summary="List who was asked",
    url_name="api-post-asked",
)
def list_asked(
    request: ApiRequest, response: HttpResponse, post: int, cursor: Cursor = "", limit: Limit = USUAL
) -> dict[str, object]:
    """Who was asked, who has answered and who has not: for whoever asked, and those who look after the space."""
    ask = find_listed(post_within(request, post), request.auth.someone.pk)
    if ask is None:
        raise NotFound
    return part_of(request, response, list_of(ask), as_asked, cursor=cursor, limit=limit)


@router.post(
    "/posts/{int:post}/ask/reminder",
    auth=Needs(TALK_TEND, Whom.MEMBER),
    response=AskOut,
    summary="Remind those who were asked",
    url_name="api-post-ask-reminder",
)
def remind_the_asked(request: ApiRequest, post: int) -> dict[str, object]:
    """Have those reminded, once, who have not answered what I asked."""
    require_post(request, post)
    remind(post_id=post, by=request.auth.someone, at=request.auth.at)
    return shown(request, post)


@router.put(
    "/posts/{int:post}/ask/answer",
    auth=Needs(TALK_WRITE, Whom.MEMBER),
    response=AskOut,
    summary="Answer what I was asked",
    url_name="api-post-ask-answer",
)
def answer_this_ask(request: ApiRequest, post: int, body: AskAnswerIn) -> dict[str, object]:
    """Say which post of mine is my answer, or that I have none. A reply to the post that asks counts by itself."""
    require_post(request, post)
    someone, at = request.auth.someone, request.auth.at
    if body.post_id is None:
        decline(post_id=post, by=someone, at=at)
    else:
        count_post(ask_post_id=post, post_id=body.post_id, by=someone, at=at)
    return shown(request, post)


@router.get(
    "/me/asked",
    auth=Needs(TALK_READ, Whom.MEMBER),
    response=Part[WaitingOut],
    summary="List what waits for my answer",
    url_name="api-my-asked",
)
def list_waiting(
    request: ApiRequest, response: HttpResponse, cursor: Cursor = "", limit: Limit = USUAL
) -> dict[str, object]:
    """What I was asked and have not answered, where I still reach it."""
    found = waiting_for(request.auth.someone.pk).filter(open_to_token(request, "ask__post__topic__space__"))
    return part_of(request, response, found, as_waiting, cursor=cursor, limit=limit)


def shown(request: ApiRequest, post: int) -> dict[str, object]:
    """Say of an ask that was just written, or answered, what the page of its topic shows."""
    found = post_within(request, post, writes=True)
    topic = topic_within(request, found.topic_id, writes=True)
    row = asks_in(topic.id, topic.member).get(found.number)
    if row is None:
        raise NotFound
    return as_ask(row)


def as_ask(ask: AskRow) -> dict[str, object]:
    """Say of an ask what everyone sees who reads it, and where whoever asks stands in it."""
    return {name: getattr(ask, name) for name in ROW} | {
        "number": ask.post__number,
        "is_asked": ask.mine is not None,
        "answered_at": ask.my_answer_at,
        "declined_at": ask.my_decline_at,
    }


def as_asked(asked: Asked) -> dict[str, object]:
    """Say of a member on the list whether they have answered."""
    member = asked.member
    return {
        "id": asked.pk,
        "member_id": member.pk if member else None,
        "name": member.person.name if member else None,
        "answered_at": asked.answered_at,
        "answer_id": asked.answer_id,
        "declined_at": asked.declined_at,
    }


def as_waiting(asked: Asked) -> dict[str, object]:
    """Say of what waits for an answer where it stands, and until when."""
    post = asked.ask.post
    return {
        "id": asked.pk,
        "post_id": post.pk,
        "topic_id": post.topic_id,
        "number": post.number,
        "title": post.topic.title,
        "by": post.said_by,
        "until": asked.ask.until,
    }
