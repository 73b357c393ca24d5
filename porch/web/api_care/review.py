"""Review: what waits for a look, decided by the account that wrote it, and undone as one."""

from collections.abc import Sequence

from django.http import HttpResponse
from ninja import Router

from porch.community.removal.rights import REMOVE_MEMBERS
from porch.conversation.spaces.rights import TEND_TOPICS
from porch.kit.refusals import NotFound
from porch.moderation.holding.models import HeldPost
from porch.moderation.queue.actions import decide, undo
from porch.moderation.queue.models import Decision
from porch.moderation.queue.reads import (
    BURST,
    MOST_SHOWN,
    Case,
    ReportedPost,
    cases_for,
    decisions_seen_by,
    find_about,
    held_for,
    posts_for,
    reported_posts,
)
from porch.moderation.sanctions.actions import Sentence
from porch.web.api.cursors import USUAL, Cursor, Limit, Part
from porch.web.api.gate import Also, ApiRequest, DoesNotFit, Needs, Whom
from porch.web.api_care.scopes import REVIEW_READ, REVIEW_WRITE, SANCTIONS_WRITE
from porch.web.api_care.shapes import CaseOut, DecisionOut, SentenceIn, VerdictIn, WholeCaseOut
from porch.web.api_talk.leave import require_scope
from porch.web.api_talk.newest import newest_part_of

HELD = ("id", "space_id", "topic_id", "title", "source", "at")

router = Router(tags=["Review"])


@router.get(
    "/review",
    auth=Needs(REVIEW_READ, Whom.MEMBER, somewhere=TEND_TOPICS),
    response=list[CaseOut],
    summary="List what waits for review",
    url_name="api-review",
)
def list_cases(request: ApiRequest) -> list[dict[str, object]]:
    """Of which accounts something waits where I look after it, the longest wait first, at most a hundred."""
    return [as_case(each) for each in cases_for(request.auth.someone.pk)]


@router.get(
    "/review/{int:person}",
    auth=Needs(REVIEW_READ, Whom.MEMBER, somewhere=TEND_TOPICS),
    response=WholeCaseOut,
    summary="Show a case",
    url_name="api-case",
)
def show_case(request: ApiRequest, person: int) -> dict[str, object]:
    """Everything of one account that waits where I look after it; of each kind at most fifty."""
    about, me, at = find_about(person, request.auth.someone.pk), request.auth.someone.pk, request.auth.at
    held = held_for(me).filter(author=about).order_by("at", "pk")[:MOST_SHOWN]
    reported = reported_posts(me, about.pk)[:MOST_SHOWN]
    burst = posts_for(me, about.pk, at - BURST).count()
    if not held and not reported and not burst:
        raise NotFound
    return {
        "person_id": about.pk,
        "name": about.name,
        "held": [as_held(each) for each in held],
        "reported": [as_reported(each) for each in reported],
        "burst": burst,
    }


@router.post(
    "/review/{int:person}/decision",
    auth=Needs(
        REVIEW_WRITE,
        Whom.MEMBER,
        somewhere=TEND_TOPICS,
        also=Also(SANCTIONS_WRITE, REMOVE_MEMBERS, "with a sentence"),
    ),
    response=DecisionOut,
    summary="Decide a case",
    url_name="api-case-decision",
)
def decide_this_case(request: ApiRequest, person: int, body: VerdictIn) -> dict[str, object]:
    """Let everything of one account stand that waits, or remove it; with a sanction in the same step if wanted."""
    about, sentence = find_about(person, request.auth.someone.pk), None
    if body.verdict == "stand" and (said := removes(body)):
        raise DoesNotFit([{"field": f"body.{name}", "text": text} for name, text in said.items()])
    if body.sentence is not None:
        require_scope(request, SANCTIONS_WRITE)
        sentence = read_sentence(body.sentence)
    made = decide(
        about=about,
        verdict=body.verdict,
        why=body.why or "",
        reason=body.reason,
        whole_burst=body.whole_burst,
        sentence=sentence,
        by=request.auth.someone,
        at=request.auth.at,
    )
    return as_decision(made)


@router.get(
    "/decisions",
    auth=Needs(REVIEW_READ, Whom.MEMBER, somewhere=TEND_TOPICS),
    response=Part[DecisionOut],
    summary="List what was decided",
    url_name="api-decisions",
)
def list_decisions(
    request: ApiRequest, response: HttpResponse, cursor: Cursor = "", limit: Limit = USUAL
) -> dict[str, object]:
    """What was decided about others where I look after all of it, the newest first."""
    found = decisions_seen_by(request.auth.someone.pk)
    return newest_part_of(request, response, found, as_decisions, ("at", "id"), cursor=cursor, limit=limit)


@router.delete(
    "/decisions/{int:decision}",
    auth=Needs(REVIEW_WRITE, Whom.MEMBER, somewhere=TEND_TOPICS),
    response=DecisionOut,
    summary="Undo a decision",
    url_name="api-decision",
)
def undo_this_decision(request: ApiRequest, decision: int) -> dict[str, object]:
    """Have all that a decision changed be as it was, and wait again."""
    return as_decision(undo(decision_id=decision, by=request.auth.someone, at=request.auth.at))


def removes(body: VerdictIn) -> dict[str, str]:
    """Say what was sent that has no sense where all of it stands, field by field."""
    sent = {
        "why": (body.why is not None, "A reason of this list comes with remove alone; say it in `reason`."),
        "whole_burst": (body.whole_burst, "Nothing is removed where all of it stands."),
        "sentence": (body.sentence is not None, "A sanction comes with remove alone."),
    }
    return {name: text for name, (is_sent, text) in sent.items() if is_sent}


def read_sentence(said: SentenceIn) -> Sentence:
    """Read what is to happen to a member."""
    return Sentence(kind=said.kind, why=said.why, message=said.message, until=said.until)


def as_case(case: Case) -> dict[str, object]:
    """Say of a case what the list of them shows."""
    names = ("since", "held", "reported", "hidden")
    said = {name: getattr(case, name) for name in names}
    return said | {"person_id": case.person.pk, "name": case.person.name, "spaces": sorted(case.spaces)}


def as_held(held: HeldPost) -> dict[str, object]:
    """Say of a post that waits what those see who decide."""
    signals = [each for each in held.why.split(",") if each]
    return {name: getattr(held, name) for name in HELD} | {"signals": signals}


def as_reported(each: ReportedPost) -> dict[str, object]:
    """Say of a reported post what those see who decide."""
    topic_id, number = each.place or (None, None)
    return {
        "post_id": each.post.pk,
        "topic_id": topic_id,
        "number": number,
        "source": each.wordings[-1],
        "at": each.written_at,
        "is_hidden": each.is_hidden,
        "reports": [
            {"at": one.at, "by": one.by.name, "why": one.why, "words": one.words, "said": one.said}
            for one in each.reports
        ],
    }


def as_decisions(rows: Sequence[Decision]) -> list[dict[str, object]]:
    return [as_decision(each) for each in rows]


def as_decision(made: Decision) -> dict[str, object]:
    """Say of a decision what those see who may undo it."""
    names = ("id", "at", "verdict", "why", "reason", "strike_id", "undone_at")
    return {name: getattr(made, name) for name in names} | {
        "person_id": made.about_id,
        "name": made.about.name if made.about else None,
        "by": made.by.name if made.by else None,
    }
