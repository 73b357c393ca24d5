"""What every member has of keeping the place safe: reports, the safety log, their standing, their posts that wait."""

from collections.abc import Sequence

from django.http import HttpResponse
from ninja import Router

from porch.moderation.holding.actions import withdraw_held
from porch.moderation.holding.models import HeldPost
from porch.moderation.log.models import LogEntry
from porch.moderation.reports.actions import report_post
from porch.moderation.reports.models import Report
from porch.moderation.slow.actions import choose_slowness
from porch.moderation.trust.levels import LIMITS, Level
from porch.moderation.trust.reads import standing_of
from porch.web.api.cursors import USUAL, Cursor, Limit, Part, part_of
from porch.web.api.gate import ApiRequest, Needs, Whom
from porch.web.api_care.scopes import REVIEW_WRITE, SAFETY_READ, SAFETY_WRITE
from porch.web.api_care.shapes import HeldOut, MyReportOut, ReportIn, SafetyEntry, SlowIn, StandingOut
from porch.web.api_talk.leave import require_post
from porch.web.api_talk.newest import newest_part_of
from porch.web.api_talk.shapes import SpaceOut
from porch.web.api_talk.spaces import as_space, known_space, reached_space

REPORT = ("id", "post_id", "why", "words", "at", "outcome")
ENTRY = ("id", "at", "what", "why", "posts", "is_by_itself")
HELD = ("id", "space_id", "topic_id", "title", "source", "at", "state", "reason", "post_id")

router = Router(tags=["Safety"])


@router.post(
    "/posts/{int:post}/reports",
    auth=Needs(SAFETY_WRITE, Whom.MEMBER),
    response=MyReportOut,
    summary="Report a post",
    url_name="api-post-reports",
)
def report_this_post(request: ApiRequest, post: int, body: ReportIn) -> dict[str, object]:
    """Ask those who look after a space for a look at a post. Done twice, it is done once.

    They read it with my name. Of a direct conversation, those who look after the whole community see this post as it
    stands, who wrote it, and my name and words; nothing else of it. Whoever wrote the post does not learn who reported.
    """
    require_post(request, post)
    by, at = request.auth.someone, request.auth.at
    return as_report(report_post(post_id=post, why=body.why, words=body.words, by=by, at=at))


@router.get(
    "/me/reports",
    auth=Needs(SAFETY_READ, Whom.MEMBER),
    response=Part[MyReportOut],
    summary="List my reports",
    url_name="api-my-reports",
)
def list_reports(
    request: ApiRequest, response: HttpResponse, cursor: Cursor = "", limit: Limit = USUAL
) -> dict[str, object]:
    """What I reported, and what became of it."""
    found = Report.objects.filter(by=request.auth.someone)
    return part_of(request, response, found, as_report, cursor=cursor, limit=limit)


@router.get(
    "/me/standing",
    auth=Needs(SAFETY_READ, Whom.MEMBER),
    response=StandingOut,
    summary="Show my standing",
    url_name="api-my-standing",
)
def show_standing(request: ApiRequest) -> dict[str, object]:
    """How far I am trusted, and how much I may write."""
    at = request.auth.at
    level = standing_of(request.auth.someone.pk, at).level(at)
    limits = LIMITS[min(level, Level.TRUSTED)]
    return {
        "level": level.name.lower(),
        "posts_an_hour": limits.an_hour,
        "posts_a_day": limits.a_day,
        "topics_a_day": limits.topics,
        "links": limits.links,
        "mentions": limits.mentions,
        "pictures": limits.pictures,
        "reports_a_day": limits.reports,
    }


@router.get(
    "/me/held-posts",
    auth=Needs(SAFETY_READ, Whom.MEMBER),
    response=Part[HeldOut],
    summary="List my posts that wait",
    url_name="api-my-held-posts",
)
def list_held(
    request: ApiRequest, response: HttpResponse, cursor: Cursor = "", limit: Limit = USUAL
) -> dict[str, object]:
    """What I wrote that waits for a look by a steward, or waited, and what became of it."""
    found = HeldPost.objects.filter(author=request.auth.someone)
    return part_of(request, response, found, as_held, cursor=cursor, limit=limit)


@router.delete(
    "/me/held-posts/{int:held}",
    auth=Needs(SAFETY_WRITE, Whom.MEMBER),
    response={204: None},
    summary="Take back my post that waits",
    url_name="api-my-held-post",
)
def withdraw_this_post(request: ApiRequest, held: int) -> None:
    """Take my own post back before anybody has decided about it."""
    withdraw_held(held_id=held, by=request.auth.someone, at=request.auth.at)


@router.get(
    "/safety-log",
    auth=Needs(SAFETY_READ, Whom.MEMBER),
    response=Part[SafetyEntry],
    summary="Read the safety log",
    url_name="api-safety-log",
)
def read_safety_log(
    request: ApiRequest, response: HttpResponse, cursor: Cursor = "", limit: Limit = USUAL
) -> dict[str, object]:
    """What was done to keep this place safe, and why, the newest first. Nobody is named."""
    found = LogEntry.objects.all()
    return newest_part_of(request, response, found, as_entries, ("at", "id"), cursor=cursor, limit=limit)


@router.put(
    "/spaces/{int:space}/slow-mode",
    auth=Needs(REVIEW_WRITE, Whom.MEMBER),
    response=SpaceOut,
    summary="Choose slow mode",
    url_name="api-space-slow-mode",
)
def choose_slow_mode(request: ApiRequest, space: int, body: SlowIn) -> dict[str, object]:
    """Say how long a member waits between two posts in a space that I look after: one of the spans on its page."""
    found, by, at = reached_space(request, space), request.auth.someone, request.auth.at
    choose_slowness(space_id=found.pk, seconds=body.seconds, by=by, at=at)
    return as_space(known_space(request, space))


def as_report(report: Report) -> dict[str, object]:
    """Say of a report what whoever made it learns."""
    return {name: getattr(report, name) for name in REPORT}


def as_held(held: HeldPost) -> dict[str, object]:
    """Say of a post that waits what whoever wrote it learns."""
    return {name: getattr(held, name) for name in HELD}


def as_entries(rows: Sequence[LogEntry]) -> list[dict[str, object]]:
    """Say of lines of the log what all members read."""
    return [{name: getattr(each, name) for name in ENTRY} for each in rows]
