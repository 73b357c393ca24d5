from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods, require_safe
from markupsafe import Markup

from porch.community.membership.models import Member
from porch.community.removal.rights import REMOVE_MEMBERS
from porch.community.roles.rules import covers, covers_somewhere, having_somewhere, rights_here
from porch.conversation.spaces.rights import TEND_TOPICS
from porch.kit.once import forget_told, go_and_tell, told
from porch.kit.paging import neighbours, page_number, page_of
from porch.kit.refusals import NotFound, Refusal
from porch.kit.time import now
from porch.moderation.appeals.models import Appeal
from porch.moderation.appeals.reads import appeals_waiting_before
from porch.moderation.queue.actions import MOST_REASON, decide, sees_every_step, undo
from porch.moderation.queue.models import Decision
from porch.moderation.queue.reads import (
    BURST,
    MOST_SHOWN,
    cases_for,
    decisions_seen_by,
    find_about,
    held_for,
    posts_for,
    reported_posts,
    signals_of,
)
from porch.moderation.sanctions.forms import choices, sentence_in
from porch.moderation.sanctions.models import STRIKES, Strike
from porch.moderation.trust.levels import NAMES
from porch.moderation.trust.reads import standing_of
from porch.moderation.why import MOST_WORDS, Why
from porch.people.doors import SignedInRequest
from porch.people.identity.models import Person

PAGE, MOST_APPEALS = 20, 50


def show_way_to_queue(request: HttpRequest) -> Markup | None:
    """Lead those who look after what is said to what waits for a look. How much it is would be a query more."""
    if not covers_somewhere(rights_here(request), TEND_TOPICS):
        return None
    return Markup(render_to_string("moderation/queue/way.html", {}, request))  # noqa: S704 - a rendered template


@having_somewhere(TEND_TOPICS)
@require_safe
def show_queue(request: SignedInRequest) -> HttpResponseBase:
    """What waits for a look, by account, the longest wait first; and the appeals that wait."""
    appeals: list[Appeal] = []
    if covers(rights_here(request), REMOVE_MEMBERS):
        appeals = list(appeals_waiting_before(request.user.pk).order_by("at")[:MOST_APPEALS])
    shown = {"cases": cases_for(request.user.pk), "appeals": appeals, "told": told(request)}
    return forget_told(request, render(request, "moderation/queue/queue.html", shown))


@having_somewhere(TEND_TOPICS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_case(request: SignedInRequest, person: int) -> HttpResponseBase:
    """Everything that one account did and that waits; one decision about all of it."""
    about, at, refusal = find_about(person, request.user.pk), now(), None
    if request.method == "POST":
        form = request.POST
        try:
            made = decide(
                about=about,
                verdict=form.get("verdict", ""),
                why=form.get("why", ""),
                reason=form.get("reason", ""),
                whole_burst=form.get("burst") == "yes",
                sentence=sentence_in(form, at) if form.get("verdict") == "remove" else None,
                by=request.user,
                at=at,
            )
            return go_and_tell("decision", made.pk, word="case-decided")
        except NotFound:
            raise
        except Refusal as no:
            refusal = no
    case = case_of(request, about)
    if refusal is None and not case["held"] and not case["reported"] and not case["burst"]:
        raise NotFound
    shown = {**case, "given": request.POST, "refusal": refusal}
    status = refusal.status if refusal else 200
    return render(request, "moderation/queue/case.html", shown, status=status)


def case_of(request: SignedInRequest, about: Person) -> dict[str, object]:
    """Gather what is shown of a case."""
    at = now()
    me = request.user.pk
    held = list(
        held_for(me).filter(author=about).select_related("space", "topic").order_by("at", "pk")[:MOST_SHOWN]
    )
    reported = reported_posts(me, about.pk)
    given = [one.why for each in reported for one in each.reports]
    burst = posts_for(me, about.pk, at - BURST)
    beside = burst.exclude(pk__in=[each.post.pk for each in reported])
    member = Member.objects.filter(person=about).first()
    return {
        "about": about,
        "member": member,
        "level": NAMES[standing_of(about.pk, at).level(at)],
        "held": [(each, signals_of(each)) for each in held],
        "reported": reported[:MOST_SHOWN],
        "burst": beside.count(),
        "beside": beside.select_related("topic__space")[:MOST_SHOWN],
        "spaces": burst.order_by().values("topic__space").distinct().count(),
        "strikes": Strike.objects.filter(person=about).counting(at).count(),
        "most_strikes": STRIKES,
        "may_strike": member is not None and covers(rights_here(request), REMOVE_MEMBERS),
        "reasons": [("", "\u2013"), *Why.choices],
        # Nothing is called spam by a hurried click: it begins with what most of those who reported said.
        "why": max(given, key=given.count) if given else "",
        "most_reason": MOST_REASON,
        "most_words": MOST_WORDS,
        **choices(),
    }


@having_somewhere(TEND_TOPICS)
@require_safe
def show_decisions(request: SignedInRequest) -> HttpResponseBase:
    """What was decided, the newest first, where whoever asks looks after all of it."""
    number = page_number(request)
    found, has_more = page_of(decisions_seen_by(request.user.pk).order_by("-at", "-id"), number, PAGE)
    shown = {
        "decisions": found,
        **neighbours(request, number, has_more=has_more, has_filters=False),
    }
    return render(request, "moderation/queue/decisions.html", shown)


@having_somewhere(TEND_TOPICS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_decision(request: SignedInRequest, decision: int) -> HttpResponseBase:
    """What one decision changed; undo it as one."""
    rows = Decision.objects.select_related("about", "by", "strike", "undone_by")
    found = rows.filter(pk=decision).first()
    if found is None or found.about_id == request.user.pk or not sees_every_step(found, request.user):
        raise NotFound
    if request.method == "POST":
        undo(decision_id=decision, by=request.user, at=now())
        return go_and_tell("decision", decision, word="decision-undone")
    shown = {
        "decision": found,
        "posts": found.steps.filter(post__isnull=False).count(),
        "held": found.steps.filter(held__isnull=False).count(),
        "reports": found.steps.filter(report__isnull=False).count(),
        "told": told(request),
    }
    return forget_told(request, render(request, "moderation/queue/decision.html", shown))
