from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from porch.community.removal.rights import REMOVE_MEMBERS
from porch.community.roles.rules import having
from porch.engine.clock.reads import clock_is_doubtful
from porch.kit.once import go_and_tell
from porch.kit.refusals import NotFound, Refusal
from porch.kit.time import now
from porch.moderation.appeals.actions import decide_appeal, make_appeal, others_who_decide
from porch.moderation.appeals.models import ANSWERED_WITHIN, MOST_APPEAL
from porch.moderation.appeals.reads import appeals_before
from porch.moderation.queue.about import posts_about
from porch.moderation.sanctions.views import APPEALED
from porch.people.doors import SignedInRequest, signed_in


@signed_in
@require_POST
def appeal(request: SignedInRequest, strike: int) -> HttpResponseBase:
    """Say that a sanction against oneself is wrong; also for who is kept out."""
    make_appeal(strike_id=strike, words=request.POST.get("words", ""), by=request.user, at=now())
    return go_and_tell("own-sanctions", word=APPEALED)


@having(REMOVE_MEMBERS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_appeal(request: SignedInRequest, strike: int) -> HttpResponseBase:
    """Read an appeal and decide it, for somebody else than who decided before."""
    rows = appeals_before(request.user.pk)
    found, refusal = rows.filter(pk=strike).first(), None
    if found is None:
        raise NotFound
    if request.method == "POST":
        try:
            decide_appeal(
                strike_id=strike,
                is_lifted=request.POST.get("is") == "lifted",
                answer=request.POST.get("answer", ""),
                by=request.user,
                at=now(),
                hold=clock_is_doubtful(),
            )
            return go_and_tell("review", word="appeal-decided")
        except Refusal as no:
            refusal = no
    is_own = found.strike.by_id == request.user.pk
    shown = {
        "appeal": found,
        "due": found.at + ANSWERED_WITHIN,
        "about": posts_about([strike], person_id=request.user.pk, is_own=False).get(strike, []),
        "is_own": is_own,
        "has_others": is_own and others_who_decide(found.strike).exists(),
        "given": request.POST.get("answer", ""),
        "most": MOST_APPEAL,
        "refusal": refusal,
    }
    status = refusal.status if refusal else 200
    return render(request, "moderation/appeals/appeal.html", shown, status=status)
