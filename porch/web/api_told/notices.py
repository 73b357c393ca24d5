"""Notices: what one was told, put away, and what comes by mail."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from ninja import Router

from porch.community.membership.models import Member
from porch.notices.choosing.actions import choose
from porch.notices.choosing.reads import COLUMNS, choice_of
from porch.notices.pages.forms import QUIET, given_by
from porch.notices.pages.reads import BY, by_topic, grouped, listed, shown, with_folds
from porch.notices.waiting.kinds import Kind
from porch.notices.waiting.models import Notice
from porch.notices.waiting.rules import shown_to
from porch.notices.waiting.seeing import see_all, see_topic
from porch.web.api.cursors import USUAL, Cursor, Limit, Part
from porch.web.api.gate import ApiRequest, Needs, Whom
from porch.web.api_talk.leave import open_to_token, require_topic
from porch.web.api_talk.newest import newest_part_of
from porch.web.api_told.scopes import NOTICES_READ, NOTICES_WRITE
from porch.web.api_told.shapes import ChoicesIn, ChoicesOut, NoticeGroupOut, NoticeOut

# The fields of the API, and what the form calls them.
HOURS = dict(zip(("quiet_from", "quiet_to"), QUIET, strict=True))

router = Router(tags=["Notices"])


@router.get(
    "/me/notices",
    auth=Needs(NOTICES_READ, Whom.MEMBER),
    response=Part[NoticeOut],
    summary="List my notices",
    url_name="api-my-notices",
)
def list_notices(
    request: ApiRequest, response: HttpResponse, cursor: Cursor = "", limit: Limit = USUAL
) -> dict[str, object]:
    """What I was told, the newest first: of posts that I reach, that stand, in topics that I did not mute."""
    found = shown_to(request.auth.someone.pk).filter(open_to_token(request, "post__topic__space__"))
    found = with_folds(found.select_related("post__topic__space", "post__author"), request.auth.someone.pk)
    return newest_part_of(request, response, found, as_notices, ("at", "id"), cursor=cursor, limit=limit)


@router.get(
    "/me/notices/topics",
    auth=Needs(NOTICES_READ, Whom.MEMBER),
    response=Part[NoticeGroupOut],
    summary="List my notices by topic",
    url_name="api-my-notice-topics",
)
def list_notice_topics(
    request: ApiRequest, response: HttpResponse, cursor: Cursor = "", limit: Limit = USUAL
) -> dict[str, object]:
    """What I was told, put together by topic or room: how many posts, by whom, and the first that is new."""
    person_id = request.auth.someone.pk
    found = by_topic(listed(person_id).filter(open_to_token(request, "post__topic__space__")))
    return newest_part_of(
        request, response, found, lambda rows: grouped(rows, person_id), BY, cursor=cursor, limit=limit
    )


@router.put(
    "/me/notices/topics/{int:topic}/seen",
    auth=Needs(NOTICES_WRITE, Whom.MEMBER),
    response={204: None},
    summary="Put my notices of a topic away",
    url_name="api-my-notice-topic-seen",
)
def put_topic_away(request: ApiRequest, topic: int) -> None:
    """Put away what waits for me of one topic. It does not count as reading it."""
    require_topic(request, topic)
    see_topic(member_id=member_of(request), topic_id=topic, at=request.auth.at)


@router.post(
    "/me/notices/seen",
    auth=Needs(NOTICES_WRITE, Whom.MEMBER),
    response={204: None},
    summary="Put my notices away",
    url_name="api-my-notices-seen",
)
def put_notices_away(request: ApiRequest) -> None:
    """Put away all that waits for me. What I read is put away by itself."""
    see_all(member_id=member_of(request), at=request.auth.at)


@router.get(
    "/me/notice-choices",
    auth=Needs(NOTICES_READ, Whom.MEMBER),
    response=ChoicesOut,
    summary="Show what I want by mail",
    url_name="api-notice-choices",
)
def show_choices(request: ApiRequest) -> dict[str, object]:
    """How soon each kind of notice is mailed to me, and at which hours nothing comes."""
    return as_choices(request)


@router.patch(
    "/me/notice-choices",
    auth=Needs(NOTICES_WRITE, Whom.MEMBER),
    response=ChoicesOut,
    summary="Choose what I want by mail",
    url_name="api-notice-choices",
)
def change_choices(request: ApiRequest, body: ChoicesIn) -> dict[str, object]:
    """Choose how soon each kind is mailed, and when nothing is. What is not sent stays; mail is agreed to on a page."""
    said = {**as_choices(request), **body.dict(exclude_unset=True)}
    choose(
        member_id=member_of(request),
        paces={column: said[column] for column in COLUMNS.values()},
        zone=said["zone"],
        quiet=(said["quiet_from"], said["quiet_to"]),
        at=request.auth.at,
    )
    return as_choices(request)


def member_of(request: ApiRequest) -> int:
    """Give the member who asks, as the gate found them."""
    return Member.objects.present().values_list("pk", flat=True).get(person=request.auth.someone)


def as_notices(rows: Sequence[Notice]) -> list[dict[str, object]]:
    """Say of notices what their page shows."""
    return [as_notice(each) for each in rows]


def as_notice(notice: Notice) -> dict[str, object]:
    """Say of a notice what its page shows."""
    said, post = shown(notice, notice.post), notice.post
    return {name: getattr(said, name) for name in ("id", "what", "words", "number", "at", "is_new")} | {
        "kind": Kind(notice.kind).name.lower(),
        "post_id": post.pk,
        "topic_id": post.topic_id,
        "title": post.topic.title,
    }


def as_choices(request: ApiRequest) -> dict[str, Any]:
    """Say what somebody chose, as the form shows it."""
    said = given_by(choice_of(member_of(request)))
    return {name: said[HOURS.get(name, name)] for name in (*COLUMNS.values(), "zone", *HOURS)}
