from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from porch.community.membership.models import Member
from porch.community.removal.reads import member_to_act_on
from porch.community.removal.rights import REMOVE_MEMBERS
from porch.community.roles.rules import having
from porch.kit.once import forget_told, go_and_tell, tell_once, told
from porch.kit.refusals import NotFound, Refusal
from porch.kit.time import now
from porch.moderation.appeals.actions import others_who_decide
from porch.moderation.appeals.models import MOST_APPEAL
from porch.moderation.queue.about import posts_about
from porch.moderation.sanctions.actions import NoSuchSanction, lift, strike
from porch.moderation.sanctions.forms import choices, sentence_in
from porch.moderation.sanctions.models import STRIKES, Strike
from porch.moderation.why import MOST_WORDS, Why
from porch.people.doors import SignedInRequest, signed_in

STRUCK, LIFTED, APPEALED = "member-struck", "strike-lifted", "appeal-made"
MOST_SHOWN = 50


@signed_in
@require_safe
def show_own(request: SignedInRequest) -> HttpResponseBase:
    """What was done against oneself, why, until when, and how to appeal; also for who is kept out."""
    at = now()
    rows = Strike.objects.filter(person=request.user).select_related("appeal").order_by("-id")[:MOST_SHOWN]
    strikes = list(rows)
    shown = {
        "strikes": [
            (
                each,
                each.holds(at)
                or (each.removal_number is not None and each.lifted_at is None and not each.until),
                getattr(each, "appeal", None),
                others_who_decide(each).exists(),
            )
            for each in strikes
        ],
        "about": posts_about([each.pk for each in strikes], person_id=request.user.pk, is_own=True),
        "counting": sum(each.lifted_at is None and each.expires_at > at for each in strikes),
        "most": STRIKES,
        "most_appeal": MOST_APPEAL,
        "is_appealed": told(request) == APPEALED,
    }
    return forget_told(request, render(request, "moderation/sanctions/own.html", shown))


@having(REMOVE_MEMBERS)
@require_http_methods(["GET", "HEAD", "POST"])
def member_sanctions(request: SignedInRequest, member: int) -> HttpResponseBase:
    """What was done against a member; warn them, silence them, or keep them out."""
    about, at, refusal = member_to_act_on(member), now(), None
    if request.method == "POST":
        try:
            sentence = sentence_in(request.POST, at)
            if sentence is None:
                raise NoSuchSanction
            strike(person=about.person, sentence=sentence, by=request.user, at=at)
            return go_and_tell("member-sanctions", member, word=STRUCK)
        except NotFound:
            raise
        except Refusal as no:
            refusal = no
    rows = Strike.objects.filter(person=about.person).select_related("by", "appeal").order_by("-id")
    strikes = list(rows[:MOST_SHOWN])
    shown = {
        "member": about,
        "strikes": [(each, each.lifted_at is None, each.holds(at)) for each in strikes],
        "about": posts_about([each.pk for each in strikes], person_id=request.user.pk, is_own=False),
        "counting": rows.counting(at).count(),
        "most": STRIKES,
        "given": request.POST,
        "reasons": Why.choices,
        "most_words": MOST_WORDS,
        "refusal": refusal,
        "told": told(request),
        **choices(),
    }
    status = refusal.status if refusal else 200
    page = render(request, "moderation/sanctions/member.html", shown, status=status)
    return forget_told(request, page)


@having(REMOVE_MEMBERS)
@require_POST
def lift_strike(request: SignedInRequest, strike: int) -> HttpResponseBase:
    """Lift a sanction."""
    lifted = lift(strike_id=strike, by=request.user, at=now())
    found = Member.objects.filter(person=lifted.person_id).values_list("pk", flat=True).first()
    answer = redirect("member-sanctions", found) if found else redirect("review")
    tell_once(answer, LIFTED)
    return answer
