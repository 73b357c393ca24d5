from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from porch.community.membership.rules import members
from porch.community.roles.rules import covers_somewhere, rights_here
from porch.conversation.spaces.rights import TEND_TOPICS
from porch.kit.time import now
from porch.moderation.reports.models import Report
from porch.moderation.trust.levels import LIMITS, NAMES, NEEDS, Level
from porch.moderation.trust.reads import standing_of
from porch.people.doors import SignedInRequest

MOST_REPORTS = 20


@members
@require_safe
def show_standing(request: SignedInRequest) -> HttpResponse:
    """One's own level, what it allows, what the next one asks for, and what became of one's reports."""
    at = now()
    known = standing_of(request.user.pk, at)
    level = known.level(at)
    following = Level(level + 1) if level < Level.TRUSTED else None
    shown = {
        "level": NAMES[level],
        "is_steward": covers_somewhere(rights_here(request), TEND_TOPICS),
        "limits": LIMITS[min(level, Level.TRUSTED)],
        "following": NAMES[following] if following else None,
        "needs": NEEDS[following] if following else None,
        "known": known,
        "days": (at - known.joined_at).days if known.joined_at else 0,
        "reports": Report.objects.filter(by=request.user)
        .select_related("post__topic")
        .order_by("-id")[:MOST_REPORTS],
    }
    return render(request, "moderation/trust/standing.html", shown)
